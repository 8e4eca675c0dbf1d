// The OpenFeature SDK for servers with Flagsmith's provider, which brings a flagsmith-nodejs of its own.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, afterEach, before, test } from 'node:test';
import { FlagsmithOpenFeatureProvider } from '@openfeature/flagsmith-provider';
import { ErrorCode, OpenFeature, StandardResolutionReasons } from '@openfeature/server-sdk';
import { main } from './environments/main.js';
import { changing, neverLoaded, serverKey } from './environments/others.js';
import { people } from './environments/people.js';
import { environmentFlags, identityFlags } from './support/engine.js';
import { nodeClient, nodeFlags } from './support/node-client.js';
import { setUp } from './support/setting.js';
import { until } from './support/until.js';

// The one that the provider was made for, not ours.
const providerRequire = createRequire(createRequire(import.meta.url).resolve('@openfeature/flagsmith-provider'));
const { Flagsmith } = providerRequire('flagsmith-nodejs');

let setting;
const flagsmiths = [];
before(async () => { setting = await setUp(); });
afterEach(async () => {
  await OpenFeature.clearProviders();
  await Promise.all(flagsmiths.splice(0).map(each => each.close()));
});
after(() => setting.tearDown());

async function client(key, more = {}) {
  const flagsmith = nodeClient(setting.proxy, key, more, Flagsmith);
  flagsmiths.push(flagsmith);
  const provider = new FlagsmithOpenFeatureProvider(flagsmith, { returnValueForDisabledFlags: true });
  await OpenFeature.setProviderAndWait(provider);
  return OpenFeature.getClient();
}

/** Asks for every flag, as boolean and as what its value is, and compares. */
async function compare(openFeature, flags, context) {
  for (const { name, enabled, value } of flags) {
    const asked = await openFeature.getBooleanDetails(name, !enabled, context);
    assert.equal(asked.value, enabled, name);
    assert.equal(asked.reason, enabled ? StandardResolutionReasons.TARGETING_MATCH : StandardResolutionReasons.DISABLED, name);
    if (typeof value === 'string') assert.equal(await openFeature.getStringValue(name, 'not this', context), value, name);
    if (typeof value === 'number') assert.equal(await openFeature.getNumberValue(name, NaN, context), value, name);
  }
}

for (const [kind, key, seen] of [['server-side', serverKey(main), {}], ['client-side', main.api_key, { clientSide: true }]]) {
  test(`every flag of the environment, with a ${kind} key`, async () => {
    await compare(await client(key), environmentFlags(main, seen), {});
  });

  test(`every flag of everybody, with a ${kind} key`, async () => {
    const openFeature = await client(key);
    for (const person of people) {
      await compare(openFeature, identityFlags(main, person, seen), { targetingKey: person.identifier, traits: person.traits });
    }
  });
}

// Its engine is older and knows less of segments than the one of the other tests: compared with itself, asking the API
// directly, and without whom it throws at (a trait that should be a version and is none).
test('every flag of everybody, with local evaluation', async () => {
  const local = { enableLocalEvaluation: true };
  const direct = nodeClient({ apiUrl: setting.upstream.url }, serverKey(main), local, Flagsmith);
  flagsmiths.push(direct);
  const openFeature = await client(serverKey(main), local);
  await compare(openFeature, environmentFlags(main), {});
  for (const { identifier, traits } of people.filter(person => person.traits.app !== 'not a version')) {
    await compare(openFeature, nodeFlags(await direct.getIdentityFlags(identifier, traits)), { targetingKey: identifier, traits });
  }
});

test('a value that is JSON', async () => {
  const openFeature = await client(serverKey(main));
  assert.deepEqual(await openFeature.getObjectValue('json', {}), { colours: ['red', 'blue'], width: 3 });
});

test('transient traits', async () => {
  const { identifier, traits } = people[0];
  const transient = Object.fromEntries(Object.entries(traits).map(([key, value]) => [key, { value, transient: true }]));
  await compare(await client(serverKey(main)), identityFlags(main, people[0]), { targetingKey: identifier, traits: transient });
});

test('a flag that there is not', async () => {
  const openFeature = await client(main.api_key);
  for (const name of ['no such flag', 'secret']) {
    const details = await openFeature.getStringDetails(name, 'fallback');
    assert.equal(details.value, 'fallback');
    assert.equal(details.errorCode, ErrorCode.FLAG_NOT_FOUND);
  }
});

for (const [circumstance, key] of [['an unknown key', 'no such key'], ['an environment that is not loaded', neverLoaded.api_key]]) {
  test(`${circumstance}: the provider is not ready, and every flag is the caller's default`, async () => {
    await assert.rejects(client(key));
    const openFeature = OpenFeature.getClient();
    assert.equal(openFeature.providerStatus, 'ERROR');
    assert.equal(await openFeature.getStringValue('greeting', 'fallback'), 'fallback');
  });
}

test('a flag that changes while the client asks, and while it polls', async () => {
  setting.change(1);
  for (const more of [{}, { enableLocalEvaluation: true, environmentRefreshIntervalSeconds: 0.1 }]) {
    const openFeature = await client(serverKey(changing(1)), more);
    for (const version of [2, 3, 1]) {
      setting.change(version);
      await until(`version ${version}`, async () => await openFeature.getStringValue('changes', '') === `version ${version}`);
      await compare(openFeature, environmentFlags(changing(version)), {});
    }
  }
});
