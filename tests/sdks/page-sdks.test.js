// The browser SDKs in a browser: whether it lets a page of another origin ask, send what SDKs send, and read the answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { main } from './environments/main.js';
import { changing, neverLoaded } from './environments/others.js';
import { people } from './environments/people.js';
import { flagsInBrowser, transientIdentifier } from './support/browser-client.js';
import { inPage } from './support/in-page.js';

inPage(place => {
  const ask = (sdk, options) => place.page.start(sdk, { environmentID: main.api_key, api: place.setting.proxy.apiUrl, ...options });

  for (const sdk of ['flagsmith', '@flagsmith/flagsmith']) {
    const expected = (document, person) => flagsInBrowser(sdk, document, person);

    test(`${sdk}: all flags`, async () => {
      const { flags, errors } = await ask(sdk, {});
      assert.deepEqual(errors, []);
      assert.deepEqual(flags, expected(main));
    });

    test(`${sdk}: identities with traits of every type, and without`, async () => {
      for (const person of people) {
        const { flags, traits, errors } = await ask(sdk, { identity: person.identifier, traits: person.traits });
        assert.deepEqual(errors, []);
        assert.deepEqual(flags, expected(main, person));
        assert.deepEqual(traits, person.traits);
      }
    });

    test(`${sdk}: a transient identity, with an identifier and without`, async () => {
      const { identifier, traits } = people[0];
      const identityOf = id => ({ identifier: id, transient: true, traits: Object.fromEntries(Object.entries(traits).map(([key, value]) => [key, { value, transient: true }])) });
      const context = id => ({ evaluationContext: { environment: { apiKey: main.api_key }, identity: identityOf(id) } });
      assert.deepEqual((await ask(sdk, context(identifier))).flags, expected(main, people[0]));
      const nameless = await ask(sdk, context(undefined));
      assert.equal(nameless.identity.identifier, transientIdentifier(traits));
      assert.deepEqual(nameless.flags, expected(main, { identifier: transientIdentifier(traits), traits }));
    });

    test(`${sdk}: custom headers and application metadata pass the preflight`, async () => {
      const { flags, errors } = await ask(sdk, {
        headers: { 'X-Custom': 'value', Authorization: 'Bearer token' },
        applicationMetadata: { name: 'app', version: '1.2.3' },
        identity: 'ada',
      });
      assert.deepEqual(errors, []);
      assert.deepEqual(flags, expected(main, { identifier: 'ada' }));
    });

    test(`${sdk}: a flag that changes while the client listens`, async () => {
      const [first, then] = sdk === 'flagsmith' ? [1, 2] : [2, 3];
      place.setting.change(first);
      await place.page.run(async ([name, options]) => {
        const flagsmith = window.create[name]();
        window.listening = flagsmith;
        await flagsmith.init(options);
        flagsmith.startListening(50);
      }, [sdk, { environmentID: changing(1).api_key, api: place.setting.proxy.apiUrl }]);
      const value = version => place.page.tab.waitForFunction(wanted => window.listening.getValue('changes') === wanted, `version ${version}`);
      await value(first);
      place.setting.change(then);
      await value(then);
      assert.deepEqual(await place.page.run(() => { window.listening.stopListening(); return window.listening.getAllFlags(); }), expected(changing(then)));
    });

    test(`${sdk}: with analytics and real time on, flags are the same`, async () => {
      const { flags } = await ask(sdk, { enableAnalytics: true, realtime: true, eventSourceUrl: new URL('/', place.setting.proxy.apiUrl).href });
      assert.deepEqual(flags, expected(main));
    });

    test(`${sdk}: an unknown key, and an environment that is not loaded`, async () => {
      for (const key of ['no such key', neverLoaded.api_key]) {
        const { flags, errors } = await ask(sdk, { environmentID: key });
        assert.deepEqual(flags, {});
        assert.notEqual(errors.length, 0);
      }
    });
  }
});
