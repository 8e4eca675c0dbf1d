// Real time in Chromium: a change reaches the page without a reload, none is missed when a stream ends, and none is fetched twice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin, changeOften, feature, optionsFor, settings, settle } from './support/changes.js';
import { inPage } from './support/in-page.js';
import { loadReact, renderFeature } from './support/react-page.js';

inPage(place => {
  for (const name of ['flagsmith', '@flagsmith/flagsmith']) {
    test(`${name}: each change arrives, and is fetched once`, async () => {
      const { page, setting } = place;
      let fetches = 0;
      const count = request => { fetches += request.method() !== 'OPTIONS' && new URL(request.url()).pathname === '/api/v1/flags/'; };
      await begin(setting);
      await page.run(async ([sdk, options]) => {
        window.listening = window.create[sdk]();
        await window.listening.init(options);
      }, [name, optionsFor(setting)]);
      await settle();
      page.tab.on('request', count);

      const changes = await changeOften(
        setting, value => page.tab.waitForFunction(([wanted, changing]) => window.listening.getValue(changing) === wanted, [value, feature]));

      page.tab.off('request', count);
      await page.run(() => window.listening.eventSource.close());
      assert.equal(fetches, changes);
    });
  }

  test('flagsmith/react: a component is rendered again with each change', async () => {
    const { page, setting } = place;
    await begin(setting);
    await loadReact(page.tab);
    await renderFeature(page.tab, feature, optionsFor(setting));

    await changeOften(setting, value => page.tab.waitForFunction(wanted => document.getElementById('value')?.textContent === wanted, value));
  });
}, settings);
