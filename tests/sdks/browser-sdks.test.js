// The two browser SDKs, as they are used under Node: rendering on a server, React Native and the like.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { createFlagsmithInstance as scoped } from '@flagsmith/flagsmith/isomorphic';
import { createFlagsmithInstance as unscoped } from 'flagsmith/isomorphic';
import { main } from './environments/main.js';
import { changing, discreet, neverLoaded, paged } from './environments/others.js';
import { people } from './environments/people.js';
import { flagsInBrowser, transientIdentifier } from './support/browser-client.js';
import { environmentFlags } from './support/engine.js';
import { setUp } from './support/setting.js';
import { until } from './support/until.js';

let setting;
before(async () => { setting = await setUp(); });
after(() => setting.tearDown());

const clientSide = { clientSide: true };

for (const [name, create] of [['flagsmith', unscoped], ['@flagsmith/flagsmith', scoped]]) {
  describe(name, () => {
    const expected = (document, person) => flagsInBrowser(name, document, person);
    const clients = [];
    afterEach(() => clients.splice(0).forEach(client => client.stopListening()));

    async function client(document, options = {}) {
      const made = create();
      clients.push(made);
      await made.init({ environmentID: document.api_key, api: setting.proxy.apiUrl, fetch, ...options });
      return made;
    }

    for (const document of [main, discreet, paged]) {
      test(`all flags of ${document.name}`, async () => {
        assert.deepEqual((await client(document)).getAllFlags(), expected(document));
      });
    }

    test('one flag', async () => {
      const flagsmith = await client(main);
      for (const { name: feature, enabled, value } of environmentFlags(main, clientSide)) {
        assert.equal(flagsmith.hasFeature(feature), enabled);
        assert.equal(flagsmith.getValue(feature), value);
      }
      assert.deepEqual(flagsmith.getValue('json', { json: true }), { colours: ['red', 'blue'], width: 3 });
      assert.equal(flagsmith.hasFeature('secret'), false, 'it is for servers only');
    });

    for (const person of people) {
      test(`the flags of ${person.identifier}, from the start and later`, async () => {
        const { identifier, traits } = person;
        const started = await client(main, { identity: identifier, traits });
        assert.deepEqual(started.getAllFlags(), expected(main, person));
        assert.deepEqual(started.getAllTraits(), traits);

        const later = await client(main);
        await later.identify(identifier);
        assert.deepEqual(later.getAllFlags(), expected(main, { identifier }));
        await later.setTraits(traits);
        assert.deepEqual(later.getAllFlags(), expected(main, person));
        await later.logout();
        assert.deepEqual(later.getAllFlags(), expected(main));
      });
    }

    test('a transient identity and transient traits', async () => {
      const { identifier, traits } = people[0];
      const transient = Object.fromEntries(Object.entries(traits).map(([key, value]) => [key, { value, transient: true }]));
      const flagsmith = await client(main, { evaluationContext: { environment: { apiKey: main.api_key }, identity: { identifier, traits: transient, transient: true } } });
      assert.deepEqual(flagsmith.getAllFlags(), expected(main, people[0]));
      const short = await client(main);
      await short.identify('grace', undefined, true);
      assert.deepEqual(short.getAllFlags(), expected(main, { identifier: 'grace' }));
    });

    for (const { traits } of people.filter(person => Object.keys(person.traits).length > 0)) {
      test(`an identity without an identifier, with ${Object.keys(traits)}`, async () => {
        const flagsmith = await client(main, { traits });
        const identifier = transientIdentifier(traits);
        assert.equal(flagsmith.getContext().identity.identifier, identifier);
        assert.deepEqual(flagsmith.getAllFlags(), expected(main, { identifier, traits }));
      });
    }

    test('an identity without anything gets an identifier, and keeps it', async () => {
      const flagsmith = await client(main, { evaluationContext: { environment: { apiKey: main.api_key }, identity: { transient: true } } });
      const { identifier } = flagsmith.getContext().identity;
      assert.match(identifier, /^[0-9a-f]{32}$/);
      assert.deepEqual(flagsmith.getAllFlags(), expected(main, { identifier }));
      await flagsmith.getFlags();
      assert.equal(flagsmith.getContext().identity.identifier, identifier);
    });

    test('an environment in which clients set no traits and get none back', async () => {
      for (const identifier of ['member', 'stranger']) {
        const person = { identifier, traits: { plan: 'enterprise' } };
        const flagsmith = await client(discreet, { identity: identifier, traits: person.traits });
        assert.deepEqual(flagsmith.getAllFlags(), expected(discreet, person));
        assert.deepEqual(flagsmith.getAllTraits(), {});
      }
    });

    for (const [circumstance, document] of [['an unknown key', { api_key: 'no such key' }], ['an environment that is not loaded', neverLoaded]]) {
      test(`${circumstance}: an error, and the default flags stay`, async () => {
        const errors = [];
        const defaultFlags = { greeting: { id: 1, enabled: true, value: 'default' } };
        await assert.rejects(client(document, { onError: error => errors.push(error), defaultFlags }));
        assert.equal(errors.length, 1);
        assert.deepEqual(clients[0].getAllFlags(), defaultFlags);
      });
    }

    test('a flag that changes while the client listens', async () => {
      const changes = [];
      setting.change(1);
      await until('the first version', async () => (await client(changing(1))).getValue('changes') === 'version 1');
      const flagsmith = await client(changing(1), {
        onChange: (_, { flagsChanged }) => { if (flagsChanged) changes.push(clients.at(-1).getValue('changes')); },
      });
      flagsmith.startListening(50);
      for (const version of [2, 3]) {
        setting.change(version);
        await until(`version ${version}`, () => flagsmith.getValue('changes') === `version ${version}`);
        assert.deepEqual(flagsmith.getAllFlags(), expected(changing(version)));
      }
      assert.deepEqual(changes, ['version 1', 'version 2', 'version 3']);
    });

    test('with analytics on, flags are the same, and reporting ends without an exception', async () => {
      const flagsmith = await client(main, { enableAnalytics: true, identity: 'ada' });
      assert.equal(flagsmith.getValue('greeting'), 'hello');
      await flagsmith.analyticsFlags();
      assert.deepEqual(flagsmith.getAllFlags(), expected(main, { identifier: 'ada' }));
    });
  });
}
