// The report of `edge-proxy compare`: opened as a file, with names that are HTML, dark and light, narrow and wide.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browserPath, check, launch, open } from './support/browser.js';
import { hostile, hostileNames } from './support/documents.js';
import { Proxy, run } from './support/proxy.js';

const other = { ...hostile, feature_states: hostile.feature_states.map(state => ({ ...state, enabled: !state.enabled })) };

describe('report', { skip: browserPath ? false : 'no Chromium here' }, () => {
  let proxy, browser, folder, report;
  before(async () => {
    [proxy, browser, folder] = await Promise.all([Proxy.start([other]), launch(), mkdtemp(join(tmpdir(), 'report-'))]);
    report = join(folder, 'report.html');
    const document = join(folder, 'here.json');
    await writeFile(document, JSON.stringify(hostile));
    const { code, output } = await run('compare', '--environment-document', document, '--with', proxy.url, '--sample', '60', '--rate', '1000', '--report', report);
    assert.equal(code, 1, output); // they differ
  });
  after(async () => {
    await browser?.close();
    await proxy?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  for (const look of [{ width: 400, scheme: 'light' }, { width: 400, scheme: 'dark' }, { width: 1920, scheme: 'light' }, { width: 1920, scheme: 'dark' }]) {
    test(`at ${look.width} px, ${look.scheme}`, async () => {
      const opened = await open(browser, pathToFileURL(report).href, look);
      const { page, context } = opened;
      await page.getByRole('heading', { name: 'Differences', exact: true }).waitFor();
      const cells = await page.locator('td').allTextContents();
      for (const name of [hostileNames[0], hostileNames[1], hostileNames[2]]) assert.ok(cells.includes(name), `${name} is no cell`);
      assert.equal(await page.locator('script, img, iframe').count(), 0);
      assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('table')).borderCollapse), 'collapse'); // the policy lets the style in
      await check(opened);
      await context.close();
    });
  }
});
