// flagsmith-nodejs without EdgeProxy: what an SDK has of it when it goes away.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DefaultFlag, Flagsmith, LocalFileHandler } from 'flagsmith-nodejs';
import { main } from './environments/main.js';
import { paged, serverKey } from './environments/others.js';
import { people } from './environments/people.js';
import { environmentFlags, identityFlags } from './support/engine.js';
import { nodeClient, nodeFlags } from './support/node-client.js';
import { setUp } from './support/setting.js';

let setting;
let directory;
let local;
before(async () => {
  setting = await setUp();
  directory = await mkdtemp(join(tmpdir(), 'sdks-'));
  for (const document of [main, paged]) {
    const answer = await fetch(`${setting.proxy.apiUrl}environment-document/`, { headers: { 'X-Environment-Key': serverKey(document) } });
    await writeFile(fileOf(document), Buffer.from(await answer.arrayBuffer()));
  }
  local = nodeClient(setting.proxy, serverKey(main), { enableLocalEvaluation: true, environmentRefreshIntervalSeconds: 0.1 });
  await local.getEnvironmentFlags();
  await setting.tearDown();
});
after(async () => {
  await local.close();
  await rm(directory, { recursive: true });
});

const fileOf = document => join(directory, `${document.api_key}.json`);

test('offline mode with a document that EdgeProxy gave', async () => {
  for (const document of [main, paged]) {
    const offline = new Flagsmith({ offlineMode: true, offlineHandler: new LocalFileHandler(fileOf(document)) });
    assert.deepEqual(nodeFlags(await offline.getEnvironmentFlags()), environmentFlags(document));
    for (const person of [...people, { identifier: 'member-249', traits: {} }]) {
      assert.deepEqual(nodeFlags(await offline.getIdentityFlags(person.identifier, person.traits)), identityFlags(document, person));
    }
  }
});

test('local evaluation goes on with the last document, through failing polls', async () => {
  await assert.rejects(fetch(setting.proxy.apiUrl), 'the proxy is gone');
  await local.updateEnvironment();
  for (const person of people) {
    assert.deepEqual(nodeFlags(await local.getIdentityFlags(person.identifier, person.traits)), identityFlags(main, person));
  }
});

test('remote evaluation falls back to the default flags', async () => {
  const remote = nodeClient(setting.proxy, serverKey(main), { retries: 1, defaultFlagHandler: name => new DefaultFlag(`default of ${name}`, false) });
  const flags = await remote.getIdentityFlags('ada', { age: 42 });
  assert.deepEqual(flags.allFlags(), []);
  assert.equal(flags.getFeatureValue('greeting'), 'default of greeting');
});
