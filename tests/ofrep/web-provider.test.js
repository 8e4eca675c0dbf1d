// The OFREP provider for the web, in a page of another origin: all flags at once, kept until they change.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../sdks/support/until.js';
import { key, neverLoaded } from './environment.js';
import { browserPath, Page } from './support/page.js';
import { setUp } from './support/setting.js';

const ada = { targetingKey: 'ada', plan: 'enterprise' };
const skip = browserPath ? false : 'no Chromium';

let setting;
let page;
before(async () => {
  if (skip) return;
  setting = await setUp();
  page = await Page.open();
});
after(async () => { await page?.close(); await setting?.tearDown(); });

async function withTab(use) {
  const tab = await page.tab();
  try {
    await use(tab);
  } finally {
    await tab.close();
  }
}

test('flags of each type', { skip }, () => withTab(async ({ run }) => {
  assert.equal(await run(([url, k, context]) => window.start(url, k, context), [setting.url, key, ada]), 'READY');
  const seen = await run(() => {
    const client = window.client();
    return [
      client.getStringValue('banner', 'default'), client.getNumberValue('seats', 0), client.getBooleanValue('beta', false), client.getBooleanValue('maintenance', false),
      client.getStringValue('parked', 'default'), client.getStringValue('a/b c+d', 'default'), client.getStringDetails('secret', 'default').errorCode,
      client.getStringDetails('banner', 'default').flagMetadata, client.getBooleanDetails('banner', true).errorCode,
    ];
  });
  assert.deepEqual(seen, ['hello, enterprise', 42, true, true, 'default', 'odd name', 'FLAG_NOT_FOUND', { enabled: true, featureId: 1 }, 'TYPE_MISMATCH']);
}));

test('an attribute that changes, and the targeting key', { skip }, () => withTab(async ({ run, answers }) => {
  await run(([url, k]) => window.start(url, k, { targetingKey: 'ada' }, { cacheMode: 'disabled' }), [setting.url, key]);
  assert.equal(await run(() => window.client().getStringValue('banner', '')), 'hello');
  await run(context => window.setContext(context), ada);
  assert.equal(await run(() => window.client().getStringValue('banner', '')), 'hello, enterprise');
  await run(() => window.setContext({ targetingKey: 'olga' }));
  assert.equal(await run(() => window.client().getStringValue('banner', '')), 'hello, olga');
  await run(() => window.setContext({ targetingKey: 'olga', irrelevant: 'x' }));
  assert.equal(await run(() => window.client().getStringValue('banner', '')), 'hello, olga');
  assert.deepEqual(answers.filter(answer => answer.method === 'POST').map(answer => answer.status), [200, 200, 200, 304]);
}));

test('polling: 304 until something changes', { skip }, () => withTab(async ({ run, answers }) => {
  await run(([url, k, context]) => window.start(url, k, context, { pollInterval: 100, changeDetection: 'polling' }), [setting.url, key, ada]);
  await until('304', () => answers.some(answer => answer.status === 304));
  setting.change(43);
  await until('the change', () => run(() => window.client().getNumberValue('seats', 0) === 43));
  assert.deepEqual((await run(() => window.events)).findLast(({ event }) => event === 'PROVIDER_CONFIGURATION_CHANGED').flags, ['seats']);
  setting.change(42);
  await until('the change', () => run(() => window.client().getNumberValue('seats', 0) === 42));
}));

test('an unknown key is fatal, an environment that is not loaded is not', { skip }, () => withTab(async ({ run }) => {
  assert.equal(await run(([url]) => window.start(url, 'no such key', {}), [setting.url]), 'FATAL');
  assert.equal(await run(([url, k]) => window.start(url, k, {}), [setting.url, neverLoaded]), 'ERROR');
  assert.equal(await run(() => window.client().getStringValue('banner', 'default')), 'default');
}));

test('React renders the flags, and renders them again', { skip }, () => withTab(async ({ run, tab }) => {
  await run(([url, k]) => window.start(url, k, { targetingKey: 'ada' }, { pollInterval: 100, changeDetection: 'polling' }), [setting.url, key]);
  await run(() => window.render());
  await tab.waitForFunction(() => document.getElementById('flags')?.textContent === 'hello 42');
  await run(context => window.setContext(context), ada);
  await tab.waitForFunction(() => document.getElementById('flags')?.textContent === 'hello, enterprise 42');
  setting.change(44);
  await tab.waitForFunction(() => document.getElementById('flags')?.textContent === 'hello, enterprise 44');
  setting.change(42);
  await until('the change', () => run(() => window.client().getNumberValue('seats', 0) === 42));
}));
