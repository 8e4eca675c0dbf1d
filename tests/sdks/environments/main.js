// An environment with something of everything: values of each type, variants, and a feature for each family of operators,
// overridden by the segment that uses it.
import { all, any, condition, environment, feature, identityOverride, none, segment, state, variants } from './parts.js';

export const mainKey = 'sdk-tests-main';

const features = {
  greeting: feature(1, 'greeting'),
  switchedOff: feature(2, 'switched_off'),
  unusualText: feature(3, 'unusual_text'),
  wholeNumber: feature(4, 'whole_number'),
  negative: feature(5, 'negative'),
  fraction: feature(6, 'fraction'),
  booleanValue: feature(7, 'boolean_value'),
  emptyText: feature(8, 'empty_text'),
  json: feature(9, 'json'),
  banner: feature(10, 'banner', 'MULTIVARIATE'),
  price: feature(11, 'price', 'MULTIVARIATE'),
  secret: feature(12, 'secret'),
  contested: feature(13, 'contested'),
};

const families = ['equal', 'not_equal', 'order', 'text', 'regex', 'in', 'modulo', 'set', 'version', 'split', 'trait_split', 'nested', 'identity']
  .map((name, index) => feature(20 + index, `by_${name}`));

// Segments that an identity without traits could be in ask for an identifier, too: to the engine in JavaScript an
// environment without an identity has no segments, to the Flagsmith API it has.
const somebody = condition('$.identity.identifier', 'REGEX', '^.+$');

const rules = {
  equal: any(condition('plan', 'EQUAL', 'enterprise'), condition('age', 'EQUAL', '42'), condition('beta', 'EQUAL', 'true')),
  not_equal: all(condition('plan', 'NOT_EQUAL', 'free')),
  order: any(all(condition('age', 'GREATER_THAN', '17'), condition('age', 'LESS_THAN_INCLUSIVE', '30')), all(condition('score', 'GREATER_THAN_INCLUSIVE', '2.5'))),
  text: [all(condition('email', 'CONTAINS', '@example.')), all(condition('email', 'NOT_CONTAINS', '+spam'))],
  regex: all(condition('email', 'REGEX', '^[a-z]+@example\\.(com|org)$')),
  in: any(condition('plan', 'IN', 'start-up,enterprise'), condition('age', 'IN', '["17","42"]')),
  modulo: all(condition('age', 'MODULO', '5|2')),
  set: [all(condition('email', 'IS_SET'), condition('age', 'IS_NOT_SET')), all(somebody)],
  version: all(condition('app', 'GREATER_THAN_INCLUSIVE', '2.0.0-beta.2:semver'), condition('app', 'LESS_THAN', '3.0.0:semver')),
  split: all(condition('', 'PERCENTAGE_SPLIT', '50')),
  trait_split: all(condition('$.identity.traits.plan', 'PERCENTAGE_SPLIT', '60')),
  nested: [all(somebody, none(condition('plan', 'EQUAL', 'free'), any(condition('age', 'LESS_THAN', '18'))))],
  identity: any(condition('$.identity.identifier', 'IN', 'bob,42'), all(condition('$.environment.name', 'EQUAL', 'Environment 1'), condition('beta', 'EQUAL', 'false'))),
};

const segments = [
  ...Object.entries(rules).map(([name, ofIt], index) =>
    segment(index + 1, name, ofIt, [state(families[index], true, `by segment ${name}`)])),
  segment(50, 'weak', all(condition('plan', 'EQUAL', 'enterprise')), [state(features.contested, true, 'weak')], 5),
  segment(51, 'strong', all(condition('age', 'GREATER_THAN', '30')), [state(features.contested, false, 7)], 1),
  segment(52, 'variants', all(condition('beta', 'EQUAL', 'true')), [
    state(features.banner, true, 'none of them', variants(70, ['segment a', 45], ['segment b', 45])),
  ]),
];

export const main = environment(1, mainKey, {
  features: [
    state(features.greeting, true, 'hello'),
    state(features.switchedOff, false, null),
    state(features.unusualText, true, 'a "quoted" </script> \\ é \u2028 \u{1F600}\n\tend'),
    state(features.wholeNumber, true, 42),
    state(features.negative, true, -7),
    state(features.fraction, true, 2.5),
    state(features.booleanValue, true, false),
    state(features.emptyText, true, ''),
    state(features.json, true, '{"colours":["red","blue"],"width":3}'),
    state(features.banner, true, 'control', variants(60, ['red', 30, 'variant-red'], ['blue', 30, 'variant-blue'], ['green', 20])),
    state(features.price, true, 100, variants(65, [80, 50], [120, 50])),
    state(features.secret, true, 'for servers'),
    state(features.contested, true, 'nobody wins'),
    ...families.map(of => state(of, false, 'default')),
  ],
  segments,
  serverOnly: [features.secret],
  identityOverrides: [
    identityOverride(mainKey, 'overridden', state(features.greeting, false, 'just for you'), state(families[0], true, null)),
  ],
});
