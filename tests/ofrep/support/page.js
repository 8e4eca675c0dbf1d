// A page of another origin than the proxy's, in a real browser, with the OpenFeature SDK for the web, its OFREP provider, and
// the SDK for React, bundled as an application would.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const html = '<!doctype html><meta charset="utf-8"><title>page</title><link rel="icon" href="data:,"><div id="root"></div><script type="module" src="/page.js"></script>';

/** The browser there is: what CHROMIUM names, else the first in PATH; undefined if there is none. */
export const browserPath = process.env.CHROMIUM || process.env.PATH.split(delimiter)
  .flatMap(directory => ['chromium', 'chromium-browser', 'google-chrome'].map(name => join(directory, name)))
  .find(existsSync);

export class Page {
  #server;
  #browser;
  #offers;

  /** Opens the browser; with a script of its own, or with what the tests need. */
  static async open(script) {
    const bundle = await build({
      ...(script ? { stdin: { contents: script, loader: 'jsx', resolveDir: fileURLToPath(new URL('.', import.meta.url)) } } : { entryPoints: [fileURLToPath(new URL('in-page.jsx', import.meta.url))] }),
      bundle: true, format: 'esm', write: false, jsx: 'automatic',
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    const { contents } = bundle.outputFiles[0];
    const page = new Page();
    page.#server = createServer((request, response) => (request.url === '/page.js'
      ? response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8' }).end(contents)
      : response.writeHead(200, { 'Content-Type': 'text/html' }).end(html)));
    page.#server.listen(0, '127.0.0.1');
    await once(page.#server, 'listening');
    page.origin = `http://127.0.0.1:${page.#server.address().port}`;
    page.#offers = !script;
    page.#browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
    return page;
  }

  /** Another tab, and all that it asks the proxy. */
  async tab() {
    const context = await this.#browser.newContext();
    const tab = await context.newPage();
    const answers = [];
    tab.on('response', response => {
      if (response.url().includes('/ofrep/')) answers.push({ method: response.request().method(), status: response.status(), url: response.url() });
    });
    await tab.goto(this.origin);
    if (this.#offers) await tab.waitForFunction(() => window.start);
    return { tab, answers, run: (script, argument) => tab.evaluate(script, argument), close: () => context.close() };
  }

  async close() {
    await this.#browser?.close();
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
