// Changes by event stream: the provider for the web in a page, and EventSource under Node.
import assert from 'node:assert/strict';
import { createServer, request as ask } from 'node:http';
import { after, afterEach, before, test } from 'node:test';
import { EventSource } from 'eventsource';
import { Upstream } from '../sdks/support/upstream.js';
import { Proxy } from '../sdks/support/proxy.js';
import { until } from '../sdks/support/until.js';
import { key, neverLoaded, serverKey, version } from './environment.js';
import { browserPath, Page } from './support/page.js';
import { evaluate, setUp } from './support/setting.js';

const skip = browserPath ? false : 'no Chromium';

let setting;
let page;
const open = [];
before(async () => {
  setting = await setUp();
  if (!skip) page = await Page.open();
});
afterEach(() => open.splice(0).forEach(source => source.close()));
after(async () => { await page?.close(); await setting.tearDown(); });

/** Opens the stream that an answer offers, as a browser would; with headers of ours. */
function connect(url, headers = {}) {
  const events = [];
  const source = new EventSource(`${url}/ofrep/v1/events?environment=${key}`, {
    fetch: (address, options) => fetch(address, { ...options, headers: { ...options.headers, ...headers } }),
  });
  open.push(source);
  source.addEventListener('message', event => events.push({ id: event.lastEventId, ...JSON.parse(event.data) }));
  return events;
}

test('the offer is for browsers', async () => {
  assert.equal((await (await evaluate(setting.url, {})).json()).eventStreams, undefined);
  assert.deepEqual((await (await evaluate(setting.url, {}, { Origin: 'https://app.example' })).json()).eventStreams, [
    { type: 'sse', endpoint: { requestUri: `/ofrep/v1/events?environment=${key}` }, inactivityDelaySec: 120 },
  ]);
});

test('a change, and a reconnect with an old id', async () => {
  const events = connect(setting.url);
  await until('the first event', () => events.length);
  const [{ id: first }] = events;
  setting.change(50);
  await until('the event', () => events.some(({ type, id }) => type === 'refetchEvaluation' && id !== first));
  const { id: second, etag } = events.at(-1);
  assert.equal(etag, second);

  const old = connect(setting.url, { 'Last-Event-ID': first });
  await until('an event', () => old.length);
  assert.deepEqual([old[0].type, old[0].etag], ['refetchEvaluation', second]);
  const present = connect(setting.url, { 'Last-Event-ID': second });
  await until('an event', () => present.length);
  assert.deepEqual([present[0].type, present[0].id], ['ready', second]);
});

test('a change reaches a page', { skip }, async () => {
  const { run, answers, close } = await page.tab();
  try {
    setting.change(42);
    await until('version 42', async () => (await (await evaluate(setting.url, {})).text()).includes('"value":42'));
    assert.equal(await run(([url, k]) => window.start(url, k, { targetingKey: 'ada' }), [setting.url, key]), 'READY');
    await until('the stream', () => answers.some(({ url, status }) => url.includes('/ofrep/v1/events') && status === 200));
    setting.change(51);
    await until('the change in the page', () => run(() => window.client().getNumberValue('seats', 0) === 51));
    assert(answers.some(({ method, url }) => method === 'POST' && url.includes('flagConfigEtag=')));
    assert.deepEqual((await run(() => window.events)).findLast(({ event }) => event === 'PROVIDER_CONFIGURATION_CHANGED').flags, ['seats']);
  } finally {
    await close();
  }
});

test('a restart, and a change in the meantime, reach a page', { skip }, async () => {
  const { run, answers, close } = await page.tab();
  try {
    await run(([url, k]) => window.start(url, k, { targetingKey: 'ada' }), [setting.url, key]);
    await until('the stream', () => answers.some(({ url, status }) => url.includes('/ofrep/v1/events') && status === 200));
    setting.change(52);
    await setting.restart();
    await until('the change in the page', () => run(() => window.client().getNumberValue('seats', 0) === 52), 40);
  } finally {
    await close();
  }
});

const late = 5;

/** Two proxies behind a balancer that chooses one of them by the URL and the number of the request, and a page with their flags in version 60. */
async function behindBalancer(starts, choose, use) {
  const proxies = await Promise.all(starts.map(start => Proxy.start({ keys: [key, neverLoaded], ...start })));
  let turn = 0;
  const balancer = createServer((request, response) => {
    const target = ask({ port: proxies[choose(request.url, turn++)].port, path: request.url, method: request.method, headers: request.headers }, answer => {
      response.writeHead(answer.statusCode, answer.headers);
      response.flushHeaders();
      answer.pipe(response);
    });
    target.on('error', () => response.destroy());
    response.on('close', () => target.destroy());
    request.pipe(target);
  });
  await new Promise(resolve => { balancer.listen(0, '127.0.0.1', resolve); });
  const { run, answers, close } = await page.tab();
  const seats = () => run(() => window.client().getNumberValue('seats', 0));
  try {
    for (const proxy of proxies) await until('the flags', async () => (await evaluate(`http://127.0.0.1:${proxy.port}`, {})).ok);
    await run(([address, k]) => window.start(address, k, { targetingKey: 'ada' }), [`http://127.0.0.1:${balancer.address().port}`, key]);
    await until('the stream', () => answers.some(answer => answer.url.includes('/ofrep/v1/events') && answer.status === 200));
    assert.equal(await seats(), 60);
    await use(seats);
  } finally {
    await close();
    balancer.closeAllConnections();
    balancer.close();
    await Promise.all(proxies.map(proxy => proxy.stop()));
  }
}

// The instance that is late has not polled yet. Where the stream and the request that follows an event go is the balancer's choice.
for (const [way, choose] of [
  ['by turns', (url, turn) => turn % 2],
  ['by turns, the other one first', (url, turn) => (turn + 1) % 2],
  ['the stream at the one that is late', url => (url.includes('/ofrep/v1/events') ? 1 : 0)],
  ['the stream at the other one', url => (url.includes('/ofrep/v1/events') ? 0 : 1)],
]) {
  test(`two instances behind a balancer, one of them ${late} s late, ${way}: the page has the change within a poll, and keeps it`, { skip }, async () => {
    const upstream = await Upstream.start();
    try {
      upstream.serve(serverKey, version(60));
      await behindBalancer([0.3, late].map(seconds => ({ upstream, API_POLL_FREQUENCY_SECONDS: String(seconds) })), choose, async seats => {
        upstream.serve(serverKey, version(61));
        await until('the change in the page', async () => await seats() === 61, late + 5);
        const end = performance.now() + 2000;
        while (performance.now() < end) assert.equal(await seats(), 61);
      });
    } finally {
      await upstream.stop();
    }
  });
}

test(`two instances, the API of one of them ${late} s late, and every request goes there: the page has the change in the end`, { skip }, async () => {
  const upstreams = [await Upstream.start(), await Upstream.start()];
  try {
    upstreams.forEach(upstream => upstream.serve(serverKey, version(60)));
    await behindBalancer(upstreams.map(upstream => ({ upstream })), url => (url.includes('/ofrep/v1/events') ? 0 : 1), async seats => {
      upstreams[0].serve(serverKey, version(61));
      await new Promise(resolve => { setTimeout(resolve, late * 1000); });
      upstreams[1].serve(serverKey, version(61));
      await until('the change in the page, as it is told once more', async () => await seats() === 61, 20);
    });
  } finally {
    await Promise.all(upstreams.map(upstream => upstream.stop()));
  }
});
