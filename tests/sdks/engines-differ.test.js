// Where the engine in JavaScript answers otherwise than the one in Python, which the Flagsmith API and its Edge Proxy run.
// EdgeProxy answers as they do; an SDK in local evaluation, whoever its document comes from, as JavaScript does. The other
// tests keep clear of these.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { all, condition, environment, feature, none, segment, state } from './environments/parts.js';
import { nodeClient } from './support/node-client.js';
import { Proxy } from './support/proxy.js';
import { Upstream } from './support/upstream.js';

const document = rules => environment(6, 'sdk-tests-differ', {
  features: [state(feature(1, 'flag'), false, null)],
  segments: [segment(1, 'segment', rules, [state(feature(1, 'flag'), true, null)])],
});

const differences = [
  { what: 'the remainder of a negative number', rules: all(condition('n', 'MODULO', '5|2')), traits: { n: -3 }, python: true },
  { what: 'a regular expression that matches further on', rules: all(condition('text', 'REGEX', 'b')), traits: { text: 'abc' }, python: false },
  { what: 'text that is a number', rules: all(condition('n', 'GREATER_THAN', '9')), traits: { n: '10' }, python: true },
  { what: 'a whole number, compared with a fraction', rules: all(condition('n', 'EQUAL', '1.0')), traits: { n: 1 }, python: false },
  { what: 'segments without an identity', rules: none(condition('n', 'EQUAL', '1')), python: true },
];

let upstream;
before(async () => { upstream = await Upstream.start(); });
after(() => upstream.stop());

for (const { what, rules, traits, python } of differences) {
  test(what, async t => {
    const served = document(rules);
    upstream.serve(`ser.${served.api_key}`, served);
    const proxy = await Proxy.start({ upstream, keys: [served.api_key] });
    t.after(() => proxy.stop());

    const answers = [];
    for (const enableLocalEvaluation of [false, true]) {
      const client = nodeClient(proxy, `ser.${served.api_key}`, { enableLocalEvaluation });
      const flags = await (traits ? client.getIdentityFlags('ada', traits) : client.getEnvironmentFlags());
      answers.push(flags.isFeatureEnabled('flag'));
      await client.close();
    }
    assert.deepEqual(answers, [python, !python]);
  });
}
