// flagsmith-nodejs, remote evaluation: EdgeProxy evaluates, the SDK asks.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DefaultFlag } from 'flagsmith-nodejs';
import { main } from './environments/main.js';
import { changing, discreet, neverLoaded, paged, serverKey } from './environments/others.js';
import { people } from './environments/people.js';
import { environmentFlags, identityFlags } from './support/engine.js';
import { nodeClient, nodeFlags } from './support/node-client.js';
import { setUp } from './support/setting.js';
import { until } from './support/until.js';

let setting;
before(async () => { setting = await setUp(); });
after(() => setting.tearDown());

const client = (environmentKey, more) => nodeClient(setting.proxy, environmentKey, more);
const kinds = [['server-side', serverKey, false], ['client-side', document => document.api_key, true]];

for (const [kind, keyOf, clientSide] of kinds) {
  describe(`with a ${kind} key`, () => {
    for (const document of [main, discreet, paged]) {
      test(`all flags of ${document.name}`, async () => {
        assert.deepEqual(nodeFlags(await client(keyOf(document)).getEnvironmentFlags()), environmentFlags(document, { clientSide }));
      });
    }

    for (const person of people) {
      test(`the flags of ${person.identifier}`, async () => {
        const flags = await client(keyOf(main)).getIdentityFlags(person.identifier, person.traits);
        assert.deepEqual(nodeFlags(flags), identityFlags(main, person, { clientSide }));
      });
    }

    test('flags that depend on traits and on who asks, where clients may set no traits', async () => {
      for (const identifier of ['member', 'stranger']) {
        const person = { identifier, traits: { plan: 'enterprise' } };
        const flags = await client(keyOf(discreet)).getIdentityFlags(person.identifier, person.traits);
        assert.deepEqual(nodeFlags(flags), identityFlags(discreet, person, { clientSide }));
      }
    });
  });
}

test('one flag', async () => {
  const flags = await client(serverKey(main)).getEnvironmentFlags();
  for (const { id, name, enabled, value } of environmentFlags(main)) {
    assert.equal(flags.isFeatureEnabled(name), enabled);
    assert.equal(flags.getFeatureValue(name) ?? null, value);
    assert.equal(flags.getFlag(name).featureId, id);
    assert.equal(flags.getFlag(name).isDefault, false);
  }
  assert.equal(flags.getFlag('no such flag').isDefault, true);
});

test('a transient identity with transient traits', async () => {
  for (const { identifier, traits } of people) {
    const transient = Object.fromEntries(Object.entries(traits)
      .map(([key, value], index) => [key, index % 2 === 0 ? { value, transient: true } : value]));
    const flags = await client(serverKey(main)).getIdentityFlags(identifier, transient, true);
    assert.deepEqual(nodeFlags(flags), identityFlags(main, { identifier, traits }));
  }
});

test('identity overrides of every page', async () => {
  for (const identifier of ['member-0', 'member-100', 'member-249', 'member-250']) {
    const flags = await client(serverKey(paged)).getIdentityFlags(identifier);
    assert.deepEqual(nodeFlags(flags), identityFlags(paged, { identifier }));
  }
});

for (const [circumstance, key, status] of [
  ['an unknown key', 'no such key', 401],
  ['an environment that is not loaded', neverLoaded.api_key, 503],
]) {
  test(`${circumstance}: an error with the status, or the default flags`, async () => {
    const failing = client(key);
    for (const ask of [() => failing.getEnvironmentFlags(), () => failing.getIdentityFlags('ada', { age: 42 })]) {
      await assert.rejects(ask, error => new RegExp(`status code: ${status}`).test(error.cause?.message));
    }
    const careful = client(key, { defaultFlagHandler: name => new DefaultFlag(`default of ${name}`, true) });
    const flags = await careful.getIdentityFlags('ada', { age: 42 });
    assert.equal(flags.getFeatureValue('greeting'), 'default of greeting');
    assert.equal(flags.getFlag('greeting').isDefault, true);
  });
}

test('a trait that is not one: the SDK says which status it got', async () => {
  await assert.rejects(() => client(serverKey(main)).getIdentityFlags('ada', { plan: ['a', 'list'] }), error => /status code: 422/.test(error.cause?.message));
});

test('a flag that changes while the client asks', async () => {
  const polling = client(serverKey(changing(1)));
  for (const version of [1, 2, 3]) {
    setting.change(version);
    const flags = await until(`version ${version}`, async () => {
      const answer = nodeFlags(await polling.getEnvironmentFlags());
      return answer[0].value === `version ${version}` && answer;
    });
    assert.deepEqual(flags, environmentFlags(changing(version)));
    assert.deepEqual(nodeFlags(await polling.getIdentityFlags('ada', { age: 42 })), identityFlags(changing(version), { identifier: 'ada' }));
  }
});

test('with analytics on, flags are the same, and reporting ends without an exception', async () => {
  const counting = client(serverKey(main), { enableAnalytics: true });
  const flags = await counting.getIdentityFlags('ada', { age: 42 });
  assert.equal(flags.getFeatureValue('greeting'), 'hello');
  assert.deepEqual(nodeFlags(flags), identityFlags(main, { identifier: 'ada', traits: { age: 42 } }));
  await counting.analyticsProcessor.flush();
});
