// The OFREP provider for the web, in a page of another origin: all flags at once, kept until they change.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../sdks/support/until.js';
import { key, neverLoaded } from './environment.js';
import { lateBodies, withoutBody } from './support/late-bodies.js';
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
      client.getStringDetails('no such flag', 'default').errorCode,
      client.getStringDetails('banner', 'default').flagMetadata, client.getBooleanDetails('banner', true).errorCode,
    ];
  });
  assert.deepEqual(seen, ['hello, enterprise', 42, true, true, 'default', 'odd name', 'FLAG_NOT_FOUND', 'FLAG_NOT_FOUND', { enabled: true, featureId: 1 }, 'TYPE_MISMATCH']);
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

test('overload while polling costs polls, not the flags: 503, never 429', { skip }, () => withTab(async ({ run, answers }) => {
  const small = await setUp({ LIMITS: '{"max_concurrent_requests":1}' });
  const way = await lateBodies(small.proxy.port);
  const seats = () => run(() => window.client().getNumberValue('seats', 0));
  let waiting;
  try {
    // Polls are far apart: the place must be free for the request that takes it.
    assert.equal(await run(([url, k]) => window.start(url, k, { targetingKey: 'ada' }, { pollInterval: 1500, changeDetection: 'polling', cacheMode: 'disabled' }), [way.url, key]), 'READY');
    waiting = withoutBody(small.proxy.port, key);
    small.change(45);
    await until('a poll to be turned away', () => answers.some(({ method, status }) => method === 'POST' && status === 503));
    assert.equal(await seats(), 42);
    waiting.destroy();
    await until('the change, as polls are taken again', async () => await seats() === 45);
    assert.deepEqual([...new Set(answers.filter(({ method }) => method === 'POST').map(({ status }) => status))].filter(status => ![200, 304].includes(status)), [503]);
  } finally {
    waiting?.destroy();
    way.close();
    await small.tearDown();
  }
}));

test('a restart in the middle costs polls, not the flags', { skip }, () => withTab(async ({ run }) => {
  const seats = () => run(() => window.client().getNumberValue('seats', 0));
  await run(([url, k]) => window.start(url, k, { targetingKey: 'ada' }, { pollInterval: 100, changeDetection: 'polling', cacheMode: 'disabled' }), [setting.url, key]);
  const restarting = setting.restart();
  const end = restarting.then(() => true);
  while (!await Promise.race([end, new Promise(resolve => { setTimeout(resolve, 50, false); })])) assert.equal(await seats(), 42);
  setting.change(46);
  await until('a change after it', async () => await seats() === 46);
  setting.change(42);
  await until('the change', async () => await seats() === 42);
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
