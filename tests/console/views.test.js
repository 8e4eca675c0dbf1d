// Every view, with no, one and 2,000 features and with hostile names, dark and light, narrow and wide.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { answers } from './support/answers.js';
import { browserPath, check, launch, open } from './support/browser.js';
import { empty, hostile, hostileNames, large, linked, single } from './support/documents.js';
import { Proxy } from './support/proxy.js';

const documents = { empty, single, large, hostile };
const looks = [{ width: 400, scheme: 'light' }, { width: 400, scheme: 'dark' }, { width: 1920, scheme: 'light' }, { width: 1920, scheme: 'dark' }];

/** The same document with other values of all features. */
const changed = document => ({ ...document, feature_states: document.feature_states.map(state => ({ ...state, enabled: !state.enabled, feature_state_value: `${state.feature_state_value ?? ''}*` })) });

describe('views', { skip: browserPath ? false : 'no Chromium here' }, () => {
  let proxy, browser;
  before(async () => {
    [proxy, browser] = await Promise.all([Proxy.start([...Object.values(documents), linked]), launch()]);
    await proxy.change(0, { ...empty, api_key: '<img src=x>' }); // rejected, which is logged
  });
  after(async () => {
    await browser?.close();
    await proxy?.stop();
  });

  for (const look of looks) {
    // One page for all views of a look, as a person has: opening one takes longer than most views.
    test(`all views at ${look.width} px, ${look.scheme}`, async t => {
      const opened = await open(browser, `${proxy.url}/proxy/console`, look);
      const { page, context } = opened;
      const go = async hash => { await page.goto(`${proxy.url}/proxy/console${hash}`); };

      for (const [kind, document] of Object.entries(documents)) {
        const count = document.feature_states.length;
        await t.test(`ask, ${kind}`, async () => {
          await go(`#/ask?environment=${encodeURIComponent(document.name)}&identifier=ada&trait.plan=gold`);
          await page.locator('p', { hasText: `Environment ${document.name}` }).waitFor();
          await page.getByText(count === 0 ? 'This environment has no features.' : `${count.toLocaleString('en')} flag${count === 1 ? '' : 's'}`, { exact: true }).waitFor();
          if (count > 0) {
            await page.locator('details.flag > summary').first().click();
            await page.getByRole('heading', { name: 'Who may decide it' }).first().waitFor();
          }
          await check(opened);
        });

        await t.test(`environment, ${kind}`, async () => {
          const key = await page.locator('#environment').inputValue();
          await go(`#/environment?environment=${encodeURIComponent(key)}`);
          await page.getByRole('heading', { name: `${count.toLocaleString('en')} feature${count === 1 ? '' : 's'}` }).waitFor();
          if (kind === 'hostile') assert.match(await page.locator('td', { hasText: '20 %' }).textContent(), /<i>a<\/i>\W* 50 %, \W*b\W* 20 %/);
          if (kind === 'large') {
            const [searched, rows] = [document.feature_states[17].feature.name, page.locator('tbody tr:visible')];
            await page.getByLabel('Find a feature').fill(searched.toUpperCase());
            assert.equal(await rows.count(), document.feature_states.filter(state => state.feature.name.includes(searched)).length);
            assert.match(await rows.first().textContent(), new RegExp(searched));
          }
          const overrides = document.identity_overrides?.length ?? 0;
          await page.getByText(`${overrides} identity override${overrides === 1 ? '' : 's'} of the environment`).waitFor();
          await check(opened);
        });
      }

      await t.test('environments', async () => {
        await go('#/environments');
        await page.locator('.card').nth(3).waitFor();
        await check(opened);
      });

      await t.test('changes, none', async () => {
        await go(`#/changes?environment=${encodeURIComponent(empty.name)}`);
        await page.getByText('Nothing changed since the first version.').waitFor();
        await check(opened);
      });

      await t.test('fleet, none', async () => {
        await go('#/fleet');
        await page.getByText('This instance is on its own').waitFor();
        await check(opened);
      });

      await t.test('settings', async () => {
        await go('#/settings');
        await page.getByRole('cell', { name: 'environment_documents', exact: true }).waitFor();
        assert.equal(await page.getByRole('cell', { name: 'fleet.timeout_seconds' }).count(), 0); // the default
        await page.getByLabel('only those that are set').uncheck();
        await page.getByRole('cell', { name: 'fleet.timeout_seconds' }).waitFor();
        await check(opened);
      });

      await t.test('warnings, from the log', async () => {
        await go('#/warnings');
        await page.locator('.timeline > li').first().waitFor();
        await check(opened);
      });

      for (const [kind, answer] of Object.entries(answers)) {
        await t.test(`changes, fleet and warnings, ${kind}`, async () => {
          await page.route(/\/proxy\/(fleet|warnings|environments\/.*\/changes)$/, route => {
            const path = new URL(route.request().url()).pathname;
            return route.fulfill({ json: path.endsWith('/fleet') ? answer.fleet : path.endsWith('/warnings') ? { warnings: answer.warnings } : answer.changes });
          });
          try {
            await go(`#/changes?environment=${encodeURIComponent(single.name)}`);
            await page.getByRole('button', { name: 'Release it' }).waitFor();
            assert.equal(await page.locator('.timeline > li').count(), answer.changes.changes.length);
            await page.evaluate(() => { for (const details of document.querySelectorAll('.timeline details')) details.open = true; });
            await check(opened);
            await go('#/fleet');
            await page.getByRole('heading', { name: `${answer.fleet.members.length} member` }).waitFor();
            await check(opened);
            await go('#/warnings');
            await page.locator('.timeline > li').nth(answer.warnings.length - 1).waitFor();
            await check(opened);
          } finally {
            await page.unroute(/\/proxy\/(fleet|warnings|environments\/.*\/changes)$/);
          }
        });
      }

      await context.close();
    });
  }

  test('a change comes into the timeline, with the two versions side by side', async () => {
    const opened = await open(browser, `${proxy.url}/proxy/console#/changes?environment=${encodeURIComponent(hostile.name)}`);
    const { page, context } = opened;
    await page.getByText('Nothing changed since the first version.').waitFor();
    await Promise.all([proxy.change(3, changed(hostile)), proxy.change(2, changed(large))]);
    await page.locator('.timeline code.before').first().waitFor();
    assert.equal(await page.locator('.timeline code.before', { hasText: 'img src=x' }).first().textContent(), JSON.stringify(hostileNames[0]));
    await check(opened);
    await page.locator('#environment').selectOption({ label: (await page.locator('#environment option').allTextContents()).find(text => text.startsWith(large.name)) });
    await page.getByText('more are not listed').waitFor();
    await check(opened);
    await Promise.all([proxy.change(3, hostile), proxy.change(2, large)]);
    await page.locator('.timeline > li').nth(1).waitFor();
    await context.close();
  });

  test('requests are drawn as lines', async () => {
    const opened = await open(browser, `${proxy.url}/proxy/console#/environments`);
    const { page, context } = opened;
    for (let i = 0; i < 20; i++) await fetch(`${proxy.url}/api/v1/flags/`, { headers: { 'X-Environment-Key': single.api_key } });
    const card = page.locator('.card', { hasText: single.name });
    await card.locator('svg.spark').waitFor();
    await page.getByRole('img', { name: /^99th percentile of requests: now [\d.]+ ms/ }).waitFor();
    assert.match(await card.locator('svg.spark').getAttribute('aria-label'), /^Requests: now [\d.]+ a second, at most [\d.]+ a second$/);
    await check(opened);
    await context.close();
  });

  test('flags that depend on flags are drawn as a graph', async () => {
    const opened = await open(browser, `${proxy.url}/proxy/console#/environments`);
    const { page, context } = opened;
    await page.locator('.card', { hasText: linked.name }).getByRole('link', { name: 'Features and segments' }).click();
    await page.getByRole('img', { name: /^6 dependencies of 6 flags/ }).waitFor();
    assert.equal(await page.locator('.graph path').count(), 6);
    const left = async name => (await page.locator('.graph g', { hasText: name }).boundingBox()).x;
    assert.ok(await left('api') < await left('cart') && await left('cart') < await left('pay') && await left('pay') < await left(hostileNames[4]));
    await check(opened);
    await context.close();
  });

  test('all views are reached by keyboard', async () => {
    const { page, context } = await open(browser, `${proxy.url}/proxy/console`);
    await page.getByRole('link', { name: 'Ask', exact: true }).waitFor();
    for (const [view, heading] of [['Environments', 'Environments'], ['Changes', 'Changes'], ['Fleet', 'Fleet'], ['Settings', 'Settings'], ['Warnings', 'Warnings']]) {
      await page.evaluate(() => { document.activeElement?.blur(); });
      for (let i = 0; i < 20 && await page.evaluate(() => document.activeElement.textContent) !== view; i++) await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.textContent), view, `no way to ${view} by keyboard`);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
      assert.equal(await page.locator('nav a[aria-current="page"]').textContent(), view);
    }
    await context.close();
  });

  test('hostile names are shown as they are', async () => {
    const { page, context } = await open(browser, `${proxy.url}/proxy/console#/ask?environment=${encodeURIComponent(hostile.name)}`);
    await page.locator('details.flag').nth(hostileNames.length - 1).waitFor();
    assert.deepEqual(await page.locator('details.flag .name bdi').allTextContents(), hostileNames);
    assert.equal(await page.locator('iframe, main img, main script').count(), 0);
    await context.close();
  });

  test('on a screen of 3,840 pixels', async () => {
    const opened = await open(browser, `${proxy.url}/proxy/console#/environments`, { width: 3840, height: 2160 });
    const { page, context } = opened;
    await page.locator('.card').nth(3).waitFor();
    await check(opened);
    await page.goto(`${proxy.url}/proxy/console#/ask?environment=${encodeURIComponent(large.name)}`);
    await page.getByText('2,000 flags', { exact: true }).waitFor();
    await check(opened);
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
