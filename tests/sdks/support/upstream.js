// A stand-in for the Flagsmith API: documents by server-side key, in pages, with conditional requests. It takes identities,
// counts of evaluations, and, as the service for them, experiment events.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

export class Upstream {
  #documents = new Map();

  /** The requests with counts or events that it took: path, headers, and what was posted. */
  taken = [];

  /** The status of the answer to counts and events; 200 and 202 if null. */
  refusing = null;

  /** The identities that it was told of: key and body. */
  identities = [];

  #server = createServer((request, response) => this.#answer(request, response));

  static async start() {
    const upstream = new Upstream();
    await new Promise(resolve => upstream.#server.listen(0, '127.0.0.1', resolve));
    return upstream;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}/api/v1`;
  }

  /** From now on, the document is what the key gets; so many identity overrides a page. */
  serve(key, document, pageSize = Infinity) {
    this.#documents.set(key, pagesOf(document, pageSize));
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #takeIdentity(request, response) {
    let body = '';
    request.on('data', data => { body += data; });
    request.on('end', () => {
      this.identities.push({ key: request.headers['x-environment-key'], ...JSON.parse(body) });
      end(response, 200, { 'Content-Type': 'application/json' }, '{"flags":[],"traits":[]}');
    });
  }

  #answer(request, response) {
    const url = new URL(request.url, this.url);
    if (url.pathname === '/api/v1/identities/') return this.#takeIdentity(request, response);
    if (request.method === 'POST') return this.#take(url.pathname, request, response);
    const pages = this.#documents.get(request.headers['x-environment-key']);
    if (url.pathname !== '/api/v1/environment-document/') return end(response, 404);
    if (!pages) return end(response, 500);

    const number = Number(url.searchParams.get('page') ?? 0);
    const page = pages[number];
    if (!page) return end(response, 404);
    const tag = `"${createHash('sha256').update(pages.join()).digest('hex')}"`;
    if (request.headers['if-none-match'] === tag) return end(response, 304, { ETag: tag });

    const next = number + 1 < pages.length ? { Link: `</api/v1/environment-document/?page=${number + 1}>; rel="next"` } : {};
    end(response, 200, { 'Content-Type': 'application/json', ETag: tag, ...next }, page);
  }

  async #take(path, request, response) {
    let body = '';
    for await (const piece of request) body += piece;
    if (this.refusing) return end(response, this.refusing);
    this.taken.push({ path, headers: request.headers, body: JSON.parse(body) });
    // The API answers counts with an empty body.
    return path === '/v1/events' ? end(response, 202, { 'Content-Type': 'application/json' }, '{"accepted":1,"rejected":[]}') : end(response, 200);
  }
}

function pagesOf(document, size) {
  const overrides = document.identity_overrides;
  const pages = [];
  for (let start = 0; start === 0 || start < overrides.length; start += size) {
    pages.push(JSON.stringify({ ...document, identity_overrides: overrides.slice(start, start + size) }));
  }
  return pages;
}

function end(response, status, headers = {}, body = undefined) {
  response.writeHead(status, headers).end(body);
}
