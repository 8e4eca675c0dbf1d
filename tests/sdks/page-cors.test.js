// What a page of another origin may ask, send and read, apart from any SDK: CORS, preflights, exposed headers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { main } from './environments/main.js';
import { neverLoaded } from './environments/others.js';
import { asInBrowser } from './support/browser-client.js';
import { environmentFlags } from './support/engine.js';
import { inPage } from './support/in-page.js';
import { setUp } from './support/setting.js';

inPage(place => {
  const fetched = (path, options, api = place.setting.proxy.apiUrl) => place.page.fetch(api + path, options);

  test('the page reads when the document changed', async () => {
    const headers = { 'X-Environment-Key': main.api_key };
    const body = JSON.stringify({ identifier: 'ada', traits: [] });
    for (const [path, init] of [['flags/', {}], ['identities/?identifier=ada', {}], ['identities/', { method: 'POST', body }]]) {
      const { status, updatedAt } = await fetched(path, { ...init, headers });
      assert.equal(status, 200);
      assert.equal(parseFloat(updatedAt), Date.parse(main.updated_at) / 1000);
    }
  });

  test('the page may send credentials, any header and any content type', async () => {
    const { status, body } = await fetched('identities/', {
      method: 'POST',
      credentials: 'include',
      headers: { 'X-Environment-Key': main.api_key, 'Content-Type': 'application/json; charset=utf-8', 'X-Whatever': 'value', 'sentry-trace': '1' },
      body: JSON.stringify({ identifier: 'ada' }),
    });
    assert.equal(status, 200);
    assert.equal(JSON.parse(body).identifier, 'ada');
  });

  test('the page reads errors, with their status', async () => {
    for (const [key, status] of [['no such key', 401], [neverLoaded.api_key, 503]]) {
      const answer = await fetched('flags/', { headers: { 'X-Environment-Key': key } });
      assert.equal(answer.status, status);
      assert.ok(JSON.parse(answer.body).message);
    }
  });

  test('where other origins are allowed, the browser refuses; where this one is, it does not', async t => {
    const elsewhere = await setUp({ ALLOW_ORIGINS: '["https://elsewhere.example"]' });
    t.after(() => elsewhere.tearDown());
    const here = await setUp({ ALLOW_ORIGINS: JSON.stringify(['https://elsewhere.example', place.page.origin]) });
    t.after(() => here.tearDown());

    const headers = { 'X-Environment-Key': main.api_key };
    assert.match((await fetched('flags/', { headers }, elsewhere.proxy.apiUrl)).refused ?? '', /Failed to fetch/);
    assert.equal((await fetched('flags/', { headers }, here.proxy.apiUrl)).status, 200);
    for (const sdk of ['flagsmith', '@flagsmith/flagsmith']) {
      const refused = await place.page.start(sdk, { environmentID: main.api_key, api: elsewhere.proxy.apiUrl });
      assert.deepEqual(refused.flags, {});
      assert.notEqual(refused.errors.length, 0);
      const allowed = await place.page.start(sdk, { environmentID: main.api_key, api: here.proxy.apiUrl });
      assert.deepEqual(allowed.flags, asInBrowser(environmentFlags(main, { clientSide: true })));
    }
  });
});
