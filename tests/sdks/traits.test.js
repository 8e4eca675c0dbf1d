// What reaches the Flagsmith API of the traits that SDKs send, with trait forwarding on.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { createFlagsmithInstance as scoped } from '@flagsmith/flagsmith/isomorphic';
import { createFlagsmithInstance as unscoped } from 'flagsmith/isomorphic';
import { main } from './environments/main.js';
import { serverKey } from './environments/others.js';
import { nodeClient } from './support/node-client.js';
import { browserPath, Page } from './support/page.js';
import { setUp } from './support/setting.js';
import { until } from './support/until.js';

let setting;
before(async () => { setting = await setUp({ TRAIT_FORWARDING_ENABLED: 'true' }); });
after(() => setting.tearDown());
afterEach(() => { setting.upstream.identities.length = 0; });

let people = 0;
const nextName = () => `person ${++people}`;

/** What the API was told of an identity, after something that comes later has arrived, so that nothing is on its way. */
async function toldOf(identifier) {
  const last = nextName();
  await fetch(`${setting.proxy.apiUrl}identities/`, {
    method: 'POST',
    headers: { 'X-Environment-Key': main.api_key },
    body: JSON.stringify({ identifier: last, traits: [{ trait_key: 'last', trait_value: true }] }),
  });
  const { identities } = setting.upstream;
  await until('the last identity to arrive', () => identities.some(identity => identity.identifier === last));
  return identities.filter(identity => identifier === undefined ? identity.identifier !== last : identity.identifier === identifier)
    .map(({ key, traits }) => [key, Object.fromEntries(traits.map(trait => [trait.trait_key, trait.trait_value]))]);
}

for (const [name, create] of [['flagsmith', unscoped], ['@flagsmith/flagsmith', scoped]]) {
  describe(name, () => {
    async function client(options = {}) {
      const made = create();
      await made.init({ environmentID: main.api_key, api: setting.proxy.apiUrl, fetch, ...options });
      return made;
    }

    test('traits arrive once, however often they are sent', async () => {
      const identifier = nextName();
      const flagsmith = await client({ identity: identifier, traits: { plan: 'pro', age: 42 } });
      await flagsmith.getFlags();
      await toldOf(identifier);
      await flagsmith.getFlags();
      assert.deepEqual(await toldOf(identifier), [[main.api_key, { plan: 'pro', age: 42 }]]);
    });

    test('setTraits and setTrait: the API ends with the newest values', async () => {
      const identifier = nextName();
      const flagsmith = await client({ identity: identifier });
      await flagsmith.setTraits({ plan: 'basic', size: 1.5 });
      await flagsmith.setTrait('plan', 'pro');
      // An identity that comes later may overtake the second call of this one.
      await until('the newest plan', () => setting.upstream.identities.some(identity =>
        identity.identifier === identifier && identity.traits.some(trait => trait.trait_key === 'plan' && trait.trait_value === 'pro')));
      const told = await toldOf(identifier);
      assert.deepEqual(Object.assign({}, ...told.map(([, traits]) => traits)), { plan: 'pro', size: 1.5 });
      assert.ok(told.length <= 2);
    });

    test('a trait set to null arrives as null', async () => {
      const identifier = nextName();
      const flagsmith = await client({ identity: identifier, traits: { plan: 'pro' } });
      await toldOf(identifier);
      await flagsmith.setTrait('plan', null);
      assert.equal((await toldOf(identifier)).at(-1)[1].plan, null);
    });

    test('transient traits never arrive, and stay transient for the SDK', async () => {
      const identifier = nextName();
      const traits = { secret: { value: 'x', transient: true }, plan: { value: 'pro' } };
      const flagsmith = await client({ evaluationContext: { environment: { apiKey: main.api_key }, identity: { identifier, traits } } });
      await flagsmith.getFlags();
      await flagsmith.setTrait('size', 1);
      await flagsmith.getFlags();
      const told = await toldOf(identifier);
      assert.ok(told.every(([, arrived]) => !('secret' in arrived)), JSON.stringify(told));
      assert.deepEqual(told.at(-1)[1], { plan: 'pro', size: 1 });
    });

    test('a transient identity never arrives', async () => {
      const identifier = nextName();
      const flagsmith = await client({
        evaluationContext: { environment: { apiKey: main.api_key }, identity: { identifier, transient: true, traits: { plan: { value: 'pro' } } } },
      });
      await flagsmith.getFlags();
      await flagsmith.setTrait('size', 1);
      assert.deepEqual(await toldOf(identifier), []);
    });

    test('an identity without an identifier does not arrive', async () => {
      const flagsmith = await client({ traits: { plan: 'pro' } });
      await flagsmith.getFlags();
      assert.deepEqual(await toldOf(), []);
    });
  });
}

describe('flagsmith-nodejs', () => {
  test('traits of a server arrive once, with its key', async () => {
    const identifier = nextName();
    const flagsmith = nodeClient(setting.proxy, serverKey(main));
    await flagsmith.getIdentityFlags(identifier, { plan: 'pro', none: null });
    await flagsmith.getIdentityFlags(identifier, { plan: 'pro', none: null });
    assert.deepEqual(await toldOf(identifier), [[serverKey(main), { plan: 'pro', none: null }]]);
  });

  test('transient traits and a transient identity do not arrive', async () => {
    const [lasting, transient] = [nextName(), nextName()];
    const flagsmith = nodeClient(setting.proxy, main.api_key);
    await flagsmith.getIdentityFlags(lasting, { plan: 'pro', secret: { value: 'x', transient: true } });
    await flagsmith.getIdentityFlags(transient, { plan: 'pro' }, true);
    assert.deepEqual(await toldOf(lasting), [[main.api_key, { plan: 'pro' }]]);
    assert.deepEqual(await toldOf(transient), []);
  });
});

describe('in a page of another origin', { skip: browserPath ? false : 'no Chromium here' }, () => {
  let page;
  before(async () => { page = await Page.open(); });
  after(() => page?.close());

  for (const sdk of ['flagsmith', '@flagsmith/flagsmith']) {
    test(`${sdk}: traits arrive once`, async () => {
      const identity = nextName();
      await page.start(sdk, { environmentID: main.api_key, api: setting.proxy.apiUrl, identity, traits: { plan: 'pro' } });
      assert.deepEqual(await toldOf(identity), [[main.api_key, { plan: 'pro' }]]);
    });
  }

  test('a single trait, as SDKs for phones set it: preflight, and the answer with its three members', async () => {
    const body = { identity: { identifier: nextName() }, trait_key: 'plan', trait_value: 'pro' };
    const { status, body: answer } = await page.fetch(`${setting.proxy.apiUrl}traits/`, {
      method: 'POST', headers: { 'X-Environment-Key': main.api_key, 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    });
    assert.deepEqual([status, JSON.parse(answer)], [200, body]);
    assert.deepEqual(await toldOf(body.identity.identifier), [[main.api_key, { plan: 'pro' }]]);
  });
});
