// Every view, with no, one and 2,000 features and with hostile names, dark and light, narrow and wide.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { browserPath, check, launch, open } from './support/browser.js';
import { empty, hostile, hostileNames, large, single } from './support/documents.js';
import { Proxy } from './support/proxy.js';

const documents = { empty, single, large, hostile };
const looks = [{ width: 400, scheme: 'light' }, { width: 400, scheme: 'dark' }, { width: 1920, scheme: 'light' }, { width: 1920, scheme: 'dark' }];

describe('views', { skip: browserPath ? false : 'no Chromium here' }, () => {
  let proxy, browser;
  before(async () => {
    proxy = await Proxy.start(Object.values(documents));
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await proxy?.stop();
  });

  for (const look of looks) {
    for (const [kind, document] of Object.entries(documents)) {
      test(`${kind} at ${look.width} px, ${look.scheme}: ask, and the environment`, async () => {
        const opened = await open(browser, `${proxy.url}/proxy/console#/ask?environment=${encodeURIComponent(document.name)}&identifier=ada&trait.plan=gold`, look);
        const { page, context } = opened;
        const count = document.feature_states.length;
        await page.getByText(count === 0 ? 'This environment has no features.' : `${count.toLocaleString('en')} flag${count === 1 ? '' : 's'}`, { exact: true }).waitFor();
        if (count > 0) {
          await page.locator('details.flag > summary').first().click();
          await page.getByRole('heading', { name: 'Who may decide it' }).first().waitFor();
        }
        await check(opened);

        const key = await page.locator('#environment').inputValue();
        await page.goto(`${proxy.url}/proxy/console#/environment?environment=${encodeURIComponent(key)}`);
        await page.getByRole('heading', { name: `${count.toLocaleString('en')} feature${count === 1 ? '' : 's'}` }).waitFor();
        await check(opened);
        await context.close();
      });
    }

    test(`environments at ${look.width} px, ${look.scheme}`, async () => {
      const opened = await open(browser, `${proxy.url}/proxy/console#/environments`, look);
      await opened.page.locator('.card').nth(3).waitFor();
      await check(opened);
      await opened.context.close();
    });
  }

  test('hostile names are shown as they are', async () => {
    const { page, context } = await open(browser, `${proxy.url}/proxy/console#/ask?environment=${encodeURIComponent(hostile.name)}`);
    await page.locator('details.flag').nth(hostileNames.length - 1).waitFor();
    assert.deepEqual(await page.locator('details.flag .name bdi').allTextContents(), hostileNames);
    assert.equal(await page.locator('iframe, main img, main script').count(), 0);
    await context.close();
  });

  test('the answer has a policy without unsafe-*', async () => {
    const { response, context } = await open(browser, `${proxy.url}/proxy/console`);
    const policy = response.headers()['content-security-policy'];
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(response.headers()['x-content-type-options'], 'nosniff');
    await context.close();
  });
});
