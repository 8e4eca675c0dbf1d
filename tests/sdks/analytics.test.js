// What SDKs count reaches the API: exactly what was evaluated, once, and by application and SDK. Experiment events reach
// the service that takes them.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { main } from './environments/main.js';
import { serverKey } from './environments/others.js';
import { inPage } from './support/in-page.js';
import { nodeClient } from './support/node-client.js';
import { setUp } from './support/setting.js';
import { until } from './support/until.js';

const settings = upstream => ({ ANALYTICS_FLUSH_INTERVAL_SECONDS: '1', EVENTS_API_URL: new URL(upstream.url).origin });
const shop = { name: 'shop', version: '1.2.3' };

/** The counts that the API took, by application, version and SDK. */
function countsOf(upstream) {
  const counts = {};
  for (const { path, headers, body } of upstream.taken.filter(each => each.path.endsWith('/analytics/flags/'))) {
    assert.equal(path, '/api/v1/analytics/flags/');
    assert.equal(headers['x-environment-key'], main.api_key);
    const labels = ['application-name', 'application-version', 'sdk-user-agent'].map(name => headers[`flagsmith-${name}`] ?? '-').join(' ').replace(/\/[0-9.]+$/, '');
    counts[labels] ??= {};
    for (const [name, count] of Object.entries(body)) counts[labels][name] = (counts[labels][name] ?? 0) + count;
  }
  return counts;
}

/** Waits until the API took counts, and for two intervals more: what comes twice would come then. */
async function settled(upstream, expected) {
  const sum = counts => Object.values(counts).flatMap(Object.values).reduce((left, right) => left + right, 0);
  await until('all counts', () => sum(countsOf(upstream)) >= sum(expected));
  await new Promise(resolve => setTimeout(resolve, 2500));
  assert.deepEqual(countsOf(upstream), expected);
}

let setting;
before(async () => { setting = await setUp(settings); });
after(() => setting.tearDown());
beforeEach(() => { setting.upstream.taken.length = 0; });

async function evaluateInNode() {
  const client = nodeClient(setting.proxy, serverKey(main), { enableAnalytics: true });
  const flags = await client.getEnvironmentFlags();
  for (let i = 0; i < 3; i++) flags.isFeatureEnabled('greeting');
  flags.getFeatureValue('whole_number');
  await client.analyticsProcessor.flush();
  await client.analyticsProcessor.flush();
}

// In an ES module it does not find its version, and sends no user agent that the API knows.
const countsOfNode = { '- - -': { greeting: 3, whole_number: 1 } };

test('flagsmith-nodejs: what was evaluated, once', async () => {
  await evaluateInNode();
  await settled(setting.upstream, countsOfNode);
});

test('while the API refuses, counts wait, and come once when it does not', async () => {
  setting.upstream.refusing = 503;
  await evaluateInNode();
  await new Promise(resolve => setTimeout(resolve, 2500));
  setting.upstream.refusing = null;
  await settled(setting.upstream, countsOfNode);
});

test('counts of a proxy that stops come with its end', async () => {
  const other = await setUp(upstream => ({ ...settings(upstream), ANALYTICS_FLUSH_INTERVAL_SECONDS: '600' }));
  const client = nodeClient(other.proxy, serverKey(main), { enableAnalytics: true });
  (await client.getEnvironmentFlags()).isFeatureEnabled('greeting');
  await client.analyticsProcessor.flush();
  assert.deepEqual(countsOf(other.upstream), {});
  await other.proxy.stop();
  assert.deepEqual(countsOf(other.upstream), { '- - -': { greeting: 1 } });
  await other.tearDown();
});

inPage(place => {
  for (const sdk of ['flagsmith', '@flagsmith/flagsmith']) {
    test(`${sdk}: what a page of another origin evaluated, once, by application`, async () => {
      place.setting.upstream.taken.length = 0;
      const errors = await place.page.run(async ([name, options]) => {
        const flagsmith = window.create[name]();
        const failed = [];
        await flagsmith.init({ ...options, onError: error => failed.push(error.message) });
        for (let i = 0; i < 4; i++) flagsmith.hasFeature('greeting');
        flagsmith.getValue('whole_number');
        flagsmith.getValue('no such feature');
        await flagsmith.analyticsFlags();
        await flagsmith.analyticsFlags();
        clearInterval(flagsmith.analyticsInterval);
        return failed;
      }, [sdk, { environmentID: main.api_key, api: place.setting.proxy.apiUrl, enableAnalytics: true, applicationMetadata: shop }]);
      assert.deepEqual(errors, []);
      await settled(place.setting.upstream, { 'shop 1.2.3 flagsmith-js-sdk': { greeting: 4, whole_number: 1 } });
    });
  }

  test('@flagsmith/flagsmith: experiment events of a page of another origin', async () => {
    place.setting.upstream.taken.length = 0;
    await place.page.run(async ([options]) => {
      const flagsmith = window.create['@flagsmith/flagsmith']();
      await flagsmith.init(options);
      flagsmith.trackEvent('purchase', { identifier: 'bob', value: '12.5' });
      await flagsmith.flushEvents();
    }, [{
      environmentID: main.api_key,
      api: place.setting.proxy.apiUrl,
      enableEvents: true,
      eventProcessorConfig: { eventsApiUrl: new URL('/', place.setting.proxy.apiUrl).href },
    }]);
    const taken = await until('the event', () => place.setting.upstream.taken.find(each => each.path === '/v1/events'));
    assert.equal(taken.headers['x-environment-key'], main.api_key);
    assert.match(taken.headers['flagsmith-sdk-user-agent'], /^flagsmith-js-sdk\//);
    assert.deepEqual(taken.body.events.map(({ event, identifier, value }) => ({ event, identifier, value })), [{ event: 'purchase', identifier: 'bob', value: '12.5' }]);
  });
}, settings);
