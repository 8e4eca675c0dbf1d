// Real time under Node, with an EventSource: a change reaches the SDK, none is missed when a stream ends, and none is fetched twice.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { EventSource } from 'eventsource';
import { begin, changeOften, feature, optionsFor, settings, settle } from './support/changes.js';
import { setUp } from './support/setting.js';
import { until } from './support/until.js';

let setting;
before(async () => {
  // The SDK takes what has a window for a browser; it looks when it is loaded.
  Object.assign(globalThis, { window: globalThis, EventSource });
  // As in a page, its timers run for ever; they do not keep Node from ending.
  const start = setInterval;
  globalThis.setInterval = (...timer) => start(...timer).unref();
  setting = await setUp(settings);
});
after(() => setting?.tearDown());

for (const name of ['flagsmith', '@flagsmith/flagsmith']) {
  test(`${name}: each change arrives, and is fetched once`, async () => {
    const { createFlagsmithInstance } = await import(`${name}/isomorphic`);
    const flagsmith = createFlagsmithInstance();
    let fetches = 0;
    await begin(setting);
    await flagsmith.init({ ...optionsFor(setting), fetch: (...request) => { fetches++; return fetch(...request); } });
    await settle();
    const before = fetches;

    const changes = await changeOften(setting, value => until(value, () => flagsmith.getValue(feature) === value));

    assert.equal(fetches - before, changes);
    flagsmith.eventSource.close();
  });
}
