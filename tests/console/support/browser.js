// A browser for the tests, and what every view has to hold to.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** The browser there is: what CHROMIUM names, else the first in PATH; undefined if there is none. */
export const browserPath = process.env.CHROMIUM || process.env.PATH.split(delimiter)
  .flatMap(directory => ['chromium', 'chromium-browser', 'google-chrome'].map(name => join(directory, name)))
  .find(existsSync);

const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

export const launch = () => chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--force-color-profile=srgb'] });

/** Opens an address in a context of its own, and notes errors, violations of the policy, and requests to other hosts. */
export async function open(browser, url, { width = 1280, height = 900, scheme = 'light' } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const troubles = [];
  const { origin } = new URL(url);
  page.on('console', message => { if (message.type() === 'error' || /Content Security Policy/i.test(message.text())) troubles.push(message.text()); });
  page.on('pageerror', error => troubles.push(error.message));
  page.on('request', request => { if (new URL(request.url()).origin !== origin) troubles.push(`a request to ${request.url()}`); });
  const response = await page.goto(url);
  return { context, page, troubles, response };
}

/** The violations that axe finds, each on a line. */
export async function violations(page) {
  // Through the debugger, which the policy of the page does not concern.
  if (await page.evaluate(() => window.axe === undefined)) await page.evaluate(axe);
  const results = await page.evaluate(async () => {
    // The twentieth row of a list is as good as the two-thousandth, and axe takes as long for what it is told to leave out.
    const rest = [...document.querySelectorAll('.list > li:nth-child(n+20), .timeline > li:nth-child(n+20), tbody tr:nth-child(n+20)')];
    const places = rest.map(row => row.parentNode);
    for (const row of rest) row.remove();
    try {
      return await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] });
    } finally {
      rest.forEach((row, i) => places[i].append(row));
    }
  });
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => `${node.target.join(' ')} ${node.failureSummary}`).join(' | ')}`);
}

/** What holds of every view: no violations, nothing wider than the screen, no errors, nothing from elsewhere. */
export async function check({ page, troubles }) {
  assert.deepEqual(await violations(page), []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the page is wider than the screen');
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.deepEqual(troubles, []);
}
