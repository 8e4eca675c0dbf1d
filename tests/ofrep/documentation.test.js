// The examples of docs/ofrep.md, word for word but for the address, against the demo environment.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Proxy } from '../sdks/support/proxy.js';
import { browserPath, Page } from './support/page.js';

const skip = browserPath ? false : 'no Chromium';
const noCurl = await promisify(execFile)('curl', ['--version']).then(() => false, () => 'no curl');
const page = await readFile(new URL('../../docs/ofrep.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```(?:jsx?|sh)\n(.*?)```/gs)].map(match => match[1]);
const answer = 'Your account manager is one click away.';

let proxy;
before(async () => { proxy = await Proxy.start({ upstream: { url: 'http://127.0.0.1:1/api/v1' }, keys: [], args: ['--demo'] }); });
after(() => proxy.stop());

const example = (...texts) => {
  const code = examples.find(each => texts.every(text => each.includes(text)));
  assert.match(code, /http:\/\/localhost:8000/);
  return code.replace('http://localhost:8000', `http://127.0.0.1:${proxy.port}`);
};

test('curl', { skip: noCurl }, async () => {
  const { stdout } = await promisify(execFile)('bash', ['-c', example('curl ')]);
  assert.equal(JSON.parse(stdout).flags.find(flag => flag.key === 'banner').value, answer);
});

test('Node', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', example("'@openfeature/ofrep-provider'")], { cwd: fileURLToPath(new URL('.', import.meta.url)) });
  assert.equal(stdout.trim(), answer);
});

test('a page', { skip }, async () => {
  const browser = await Page.open(example("'@openfeature/ofrep-web-provider'", "'@openfeature/web-sdk'"));
  try {
    const { tab, close } = await browser.tab();
    await tab.waitForFunction(text => document.title === text, answer);
    await close();
  } finally {
    await browser.close();
  }
});

test('React', { skip }, async () => {
  const browser = await Page.open(example("'@openfeature/react-sdk'"));
  try {
    const { tab, close } = await browser.tab();
    await tab.waitForFunction(text => document.getElementById('root').textContent === text, answer);
    await close();
  } finally {
    await browser.close();
  }
});
