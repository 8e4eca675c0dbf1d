// The OFREP provider for servers, with the OpenFeature SDK: each evaluation is a request for one flag.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OFREPProvider } from '@openfeature/ofrep-provider';
import { ErrorCode, OpenFeature } from '@openfeature/server-sdk';
import { until } from '../sdks/support/until.js';
import { key, neverLoaded, serverKey } from './environment.js';
import { withoutBody } from './support/late-bodies.js';
import { setUp } from './support/setting.js';

const ada = { targetingKey: 'ada', plan: 'enterprise', seen: new Date(0), device: { os: 'x' }, visits: 3, ok: true };

let setting;
before(async () => { setting = await setUp({ LIMITS: '{"max_concurrent_requests":1}' }); });
after(async () => { await OpenFeature.close(); await setting.tearDown(); });

async function clientWith(options = {}) {
  const domain = Math.random().toString();
  await OpenFeature.setProviderAndWait(domain, new OFREPProvider({ baseUrl: setting.url, headers: { 'X-Environment-Key': key }, ...options }));
  return OpenFeature.getClient(domain);
}

for (const [kind, headers] of [
  ['a client-side key', { 'X-Environment-Key': key }], ['a server-side key', { 'X-Environment-Key': serverKey }],
  ['an API key', { 'X-API-Key': key }], ['a bearer token', { Authorization: `Bearer ${serverKey}` }],
]) {
  test(`flags of each type, with ${kind}`, async () => {
    const client = await clientWith({ headers });
    assert.equal(await client.getStringValue('banner', 'default', {}), 'hello');
    assert.equal(await client.getStringValue('banner', 'default', ada), 'hello, enterprise');
    assert.equal(await client.getStringValue('banner', 'default', { targetingKey: 'olga' }), 'hello, olga');
    assert.equal(await client.getNumberValue('seats', 0, ada), 42);
    assert.equal(await client.getBooleanValue('beta', false, ada), true);
    assert.equal(await client.getBooleanValue('maintenance', true, {}), false);
    assert.equal(await client.getBooleanValue('maintenance', false, ada), true);
    assert.equal(await client.getStringValue('a/b c+d', 'default', ada), 'odd name');
  });
}

test('details: reason, variant and metadata, more of it for servers', async () => {
  const details = await (await clientWith()).getStringDetails('banner', 'default', ada);
  assert.equal(details.reason, 'TARGETING_MATCH');
  assert.equal(details.variant, 'enabled');
  assert.deepEqual(details.flagMetadata, { enabled: true, featureId: 1 });
  const forServers = await (await clientWith({ headers: { 'X-Environment-Key': serverKey } })).getStringDetails('banner', 'default', ada);
  assert.deepEqual(forServers.flagMetadata, { enabled: true, featureId: 1, segment: 'enterprises' });
  assert.equal((await (await clientWith()).getNumberDetails('seats', 0, ada)).reason, 'STATIC');
});

test('a flag that is off and has a value: the default in the code', async () => {
  assert.equal(await (await clientWith()).getStringValue('parked', 'default', ada), 'default');
});

test('a flag that there is not, and one that is for servers only', async () => {
  const client = await clientWith();
  for (const name of ['no such flag', 'secret']) {
    const details = await client.getStringDetails(name, 'default', ada);
    assert.equal(details.value, 'default');
    assert.equal(details.errorCode, ErrorCode.FLAG_NOT_FOUND);
  }
});

test('a value of another type than the caller wants', async () => {
  const details = await (await clientWith()).getBooleanDetails('banner', true, ada);
  assert.equal(details.value, true);
  assert.equal(details.errorCode, ErrorCode.TYPE_MISMATCH);
});

test('values that are JSON, where they are to be parsed', async () => {
  const other = await setUp({ OFREP: '{"parse_strings":"numbers"}' });
  try {
    const client = await clientWith({ baseUrl: other.url });
    assert.deepEqual(await client.getObjectValue('theme', {}, ada), { dark: true, size: [1, 2] });
    assert.equal(await client.getNumberValue('ratio', 0, ada), 0.25);
  } finally {
    await other.tearDown();
  }
});

test('an environment that is not loaded costs one evaluation, not those that follow', async () => {
  let use = neverLoaded;
  const client = await clientWith({ headers: undefined, headersFactory: () => [['X-Environment-Key', use]] });
  assert.equal(await client.getNumberValue('seats', 0, ada), 0);
  use = key;
  assert.equal(await client.getNumberValue('seats', 0, ada), 42);
});

test('overload costs one evaluation, not those that follow: 503, never 429', async () => {
  const statuses = [];
  const slowly = async (request, options) => {
    // The body later than the head: there is no room for one more that waits.
    const body = new TextEncoder().encode(await request.text());
    const stream = new ReadableStream({ async start(out) { await new Promise(resolve => { setTimeout(resolve, 300); }); out.enqueue(body); out.close(); } });
    const response = await fetch(request.url, { ...options, method: request.method, headers: request.headers, body: stream, duplex: 'half' });
    statuses.push(response.status);
    return response;
  };
  const client = await clientWith({ fetchImplementation: slowly });
  const waiting = withoutBody(setting.proxy.port, key);
  try {
    await until('a request to be turned away', async () => await client.getNumberValue('seats', 0, ada) === 0);
  } finally {
    waiting.destroy();
  }
  await until('requests to be taken again', async () => await client.getNumberValue('seats', 0, ada) === 42);
  assert.deepEqual([...new Set(statuses)].sort(), [200, 503]);
});

test('a change, and a restart in the middle', async () => {
  const client = await clientWith();
  setting.change(43);
  await until('version 43', async () => await client.getNumberValue('seats', 0, ada) === 43);
  const restarting = setting.restart();
  const seen = new Set();
  const end = restarting.then(() => true);
  while (!await Promise.race([end, new Promise(resolve => { setTimeout(resolve, 20, false); })])) {
    seen.add(await client.getNumberValue('seats', -1, ada));
  }
  await until('the flags again', async () => await client.getNumberValue('seats', -1, ada) === 43);
  seen.delete(43);
  seen.delete(-1);
  assert.deepEqual([...seen], []);
  setting.change(42);
  await until('version 42', async () => await client.getNumberValue('seats', 0, ada) === 42);
});
