// XMLHttpRequest on top of fetch, so that snippets for browsers run in Node: node --import ./.ci/xhr.mjs SNIPPET
globalThis.XMLHttpRequest = class {
  #headers = {};

  open(method, url) {
    this.method = method;
    this.url = url;
  }

  setRequestHeader(name, value) {
    this.#headers[name] = value;
  }

  getAllResponseHeaders() {
    return [...this.response.headers].map(([name, value]) => `${name}: ${value}`).join("\r\n");
  }

  async send(body) {
    try {
      this.response = await fetch(this.url, { method: this.method, headers: this.#headers, body });
      this.status = this.response.status;
      this.responseText = await this.response.text();
      this.onload();
    } catch (error) {
      this.onerror(error);
    }
  }
};
