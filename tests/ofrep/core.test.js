// The API client of the newest providers (ofrep-core 2.3.0), directly.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OFREPApi } from 'ofrep-core-2';
import { until } from '../sdks/support/until.js';
import { key } from './environment.js';
import { setUp } from './support/setting.js';

const ada = { targetingKey: 'ada', plan: 'enterprise' };

let setting;
let api;
before(async () => {
  setting = await setUp();
  api = new OFREPApi({ baseUrl: setting.url, headers: [['X-Environment-Key', key]] });
});
after(async () => { api.close(); await setting.tearDown(); });

test('one flag', async () => {
  const result = await api.postEvaluateFlag('banner', { context: ada });
  assert.equal(result.httpStatus, 200);
  assert.deepEqual(result.value, { key: 'banner', value: 'hello, enterprise', reason: 'TARGETING_MATCH', variant: 'enabled', metadata: { enabled: true, featureId: 1 } });
});

test('a flag that there is not', async () => {
  const result = await api.postEvaluateFlag('no such flag', { context: ada });
  assert.equal(result.httpStatus, 404);
  assert.equal(result.value.errorCode, 'FLAG_NOT_FOUND');
  assert.equal(result.value.key, 'no such flag');
});

test('all flags, and again with the tag; a context that changes a flag changes the tag', async () => {
  const first = await api.postBulkEvaluateFlags({ context: ada }, null);
  assert.equal(first.httpStatus, 200);
  assert.equal(first.value.flags.find(flag => flag.key === 'banner').value, 'hello, enterprise');
  const tag = first.httpResponse.headers.get('etag');
  assert.equal((await api.postBulkEvaluateFlags({ context: ada }, tag)).httpStatus, 304);
  assert.equal((await api.postBulkEvaluateFlags({ context: { targetingKey: 'ada' } }, tag)).httpStatus, 200);
  assert.equal((await api.postBulkEvaluateFlags({}, tag)).httpStatus, 200);
});

test('a change ends 304', async () => {
  const tag = (await api.postBulkEvaluateFlags({ context: ada }, null)).httpResponse.headers.get('etag');
  setting.change(7);
  const changed = await until('the change', async () => {
    const answer = await api.postBulkEvaluateFlags({ context: ada }, tag);
    return answer.httpStatus === 200 && answer;
  });
  assert.equal(changed.value.flags.find(flag => flag.key === 'seats').value, 7);
});
