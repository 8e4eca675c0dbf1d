// A page of another origin than the proxy's, in a real browser, with both browser SDKs in it as their packages ship them:
// `flagsmith` as a plain script (UMD), `@flagsmith/flagsmith` as a module.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const modules = new URL('../node_modules/', import.meta.url);
const files = {
  '/script.js': 'flagsmith/index.js',
  '/module.mjs': '@flagsmith/flagsmith/index.mjs',
};
const html = `<!doctype html><meta charset="utf-8"><title>page</title><link rel="icon" href="data:,">
<script src="/script.js"></script>
<script>window.create = { 'flagsmith': () => window.index.createFlagsmithInstance() };</script>
<script type="module">
  import { createFlagsmithInstance } from '/module.mjs';
  window.create['@flagsmith/flagsmith'] = createFlagsmithInstance;
</script>`;

/** The browser there is: what CHROMIUM names, else the first in PATH; undefined if there is none. */
export const browserPath = process.env.CHROMIUM || process.env.PATH.split(delimiter)
  .flatMap(directory => ['chromium', 'chromium-browser', 'google-chrome'].map(name => join(directory, name)))
  .find(existsSync);

export class Page {
  #server = createServer(answer);
  #browser;


  static async open() {
    const page = new Page();
    page.#server.listen(0, '127.0.0.1');
    await once(page.#server, 'listening');
    page.origin = `http://127.0.0.1:${page.#server.address().port}`;
    page.#browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
    page.tab = await page.#browser.newPage();
    await page.tab.goto(page.origin);
    await page.tab.waitForFunction(() => window.create?.['@flagsmith/flagsmith'] && window.create.flagsmith);
    return page;
  }

  /** Runs a function in the page; what it returns is what comes back. */
  run(script, argument) {
    return this.tab.evaluate(script, argument);
  }

  /** Starts an SDK in the page, and gives what it then says. */
  start(sdk, options) {
    return this.run(async ([name, settings]) => {
      const flagsmith = window.create[name]();
      const errors = [];
      await flagsmith.init({ ...settings, onError: error => errors.push(error.message) }).catch(error => errors.push(error.message));
      return { flags: flagsmith.getAllFlags(), traits: flagsmith.getAllTraits(), identity: flagsmith.getContext().identity, errors };
    }, [sdk, options]);
  }

  /** Fetches from the page, and gives what the page may read of the answer; refused is what the browser says if it may not. */
  fetch(url, options) {
    return this.run(async ([address, init]) => {
      try {
        const response = await fetch(address, init);
        return { status: response.status, updatedAt: response.headers.get('X-Flagsmith-Document-Updated-At'), body: await response.text() };
      } catch (error) {
        return { refused: String(error) };
      }
    }, [url, options]);
  }

  async close() {
    await this.#browser?.close();
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://page');
  if (pathname === '/') return response.writeHead(200, { 'Content-Type': 'text/html' }).end(html);
  if (!files[pathname]) return response.writeHead(404).end();
  const script = await readFile(new URL(files[pathname], modules));
  response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8' }).end(script);
}
