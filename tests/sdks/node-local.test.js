// flagsmith-nodejs, local evaluation: the SDK evaluates what it gets of EdgeProxy as the document. So this is about the
// document (whole, all pages in one, up to date), and about remote evaluation agreeing with it.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { main } from './environments/main.js';
import { changing, discreet, neverLoaded, paged, serverKey } from './environments/others.js';
import { people } from './environments/people.js';
import { environmentFlags, identityFlags, segmentsOf } from './support/engine.js';
import { nodeClient, nodeFlags } from './support/node-client.js';
import { setUp } from './support/setting.js';
import { until } from './support/until.js';

let setting;
const clients = [];
before(async () => { setting = await setUp(); });
afterEach(() => Promise.all(clients.splice(0).map(client => client.close())));
after(() => setting.tearDown());

function client(document, more = {}) {
  const made = nodeClient(setting.proxy, serverKey(document), { enableLocalEvaluation: true, ...more });
  clients.push(made);
  return made;
}

for (const document of [main, discreet, paged]) {
  test(`all flags of ${document.name}`, async () => {
    assert.deepEqual(nodeFlags(await client(document).getEnvironmentFlags()), environmentFlags(document));
  });
}

for (const person of people) {
  test(`the flags and segments of ${person.identifier}, as with remote evaluation`, async () => {
    const local = client(main);
    const flags = nodeFlags(await local.getIdentityFlags(person.identifier, person.traits));
    assert.deepEqual(flags, identityFlags(main, person));
    const remote = nodeClient(setting.proxy, serverKey(main));
    assert.deepEqual(flags, nodeFlags(await remote.getIdentityFlags(person.identifier, person.traits)));
    const segments = await local.getIdentitySegments(person.identifier, person.traits);
    assert.deepEqual(
      segments.map(segment => segment.name),
      segmentsOf(main, person).filter(name => name !== 'identity_overrides'));
  });
}

test('identity overrides of every page come with one request', async () => {
  let requests = 0;
  const counting = (...request) => { requests++; return fetch(...request); };
  const local = client(paged, { fetch: counting });
  for (const identifier of ['member-0', 'member-99', 'member-100', 'member-199', 'member-200', 'member-249', 'member-250']) {
    assert.deepEqual(nodeFlags(await local.getIdentityFlags(identifier)), identityFlags(paged, { identifier }));
  }
  assert.equal(requests, 1);
});

test('the document is the one that the API gave, in one piece', async () => {
  const answer = await fetch(`${setting.proxy.apiUrl}environment-document/`, { headers: { 'X-Environment-Key': serverKey(paged) } });
  assert.equal(answer.headers.get('link'), null);
  assert.deepEqual(await answer.json(), paged);
});

test('a flag that changes while the client polls', async () => {
  const seen = [];
  setting.change(1);
  const local = client(changing(1), {
    environmentRefreshIntervalSeconds: 0.1,
    onEnvironmentChange: (error, environment) => seen.push(error ?? environment),
  });
  for (const version of [1, 2, 3]) {
    setting.change(version);
    await until(`version ${version}`, async () => nodeFlags(await local.getEnvironmentFlags())[0].value === `version ${version}`);
    assert.deepEqual(nodeFlags(await local.getIdentityFlags('ada', { age: 42 })), identityFlags(changing(version), { identifier: 'ada' }));
  }
  assert.ok(seen.length > 0 && seen.every(each => !(each instanceof Error)), String(seen.find(each => each instanceof Error)));
});

test('a client-side key opens no document', async () => {
  const answer = await fetch(`${setting.proxy.apiUrl}environment-document/`, { headers: { 'X-Environment-Key': main.api_key } });
  assert.equal(answer.status, 401);
  assert.throws(() => nodeClient(setting.proxy, main.api_key, { enableLocalEvaluation: true }), /server-side/);
});

for (const [circumstance, document, status] of [
  ['an unknown key', { api_key: 'no such key' }, 401],
  ['an environment that is not loaded', neverLoaded, 503],
]) {
  test(`${circumstance}: an error with the status`, async () => {
    await assert.rejects(() => client(document).getEnvironmentFlags(), error => new RegExp(`status code: ${status}`).test(error.cause?.message));
  });
}
