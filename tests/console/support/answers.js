// Answers of the proxy that it gives with a fleet and with much behind it: one of each, many, and with names that are HTML.
import { hostileNames } from './documents.js';

const at = '2026-11-01T12:00:00+00:00';

const difference = (feature, before, after, segment = null) => ({ kind: segment === null ? 'value' : 'segment_rules', feature, segment, before, after, text: `feature '${feature}': ${before} → ${after}` });

const impact = features => ({
  sampled_identities: 200, changed_identities: 180, max_percent: 90, text: `180 of 200 sampled identities (90 %) get another answer: ${features[0]} 90 %`,
  features: features.map((feature, i) => ({ feature, identities: Math.max(1, 180 - i), percent: Math.max(0.5, 90 - i / 2) })),
});

const change = (names, number) => ({
  served_since: at, updated_at: at, previous_version: `${number}0123456789abcdef`, version: `${number}123456789abcdef0`, source: 'upstream', compile_seconds: 0.0012,
  impact: impact(names), summary: `${names.length} features changed`, count: names.length + 3, differences: names.map((name, i) => difference(name, JSON.stringify(name), null, i % 2 === 0 ? null : name)),
});

const fleet = names => ({
  instance: names[0],
  store: { address: `redis://${names[0]}`, state: 'away', away_since: at, problem: names[0] },
  members: names.map(name => ({ name, version: '0.1.0', started: at, address: name })),
  environments: names.map((name, i) => ({
    name, client_side_key: `key${i}…`, id: `${i}`, version: '1', updated_at: at, lease: i === 0 ? null : name,
    members: names.map((member, k) => ({ name: member, version: '1234567890abcdef', updated_at: at, behind: k % 2 === 1, behind_seconds: k })),
  })),
});

const of = (names, changes) => ({
  changes: { name: names[0], client_side_key: 'key…', held: { since: at, updated_at: null, version: 'fedcba9876543210', impact: impact(names), summary: '1 feature changed', count: 1, differences: [difference(names[0], 'off', 'on')] }, changes: Array.from({ length: changes }, (_, i) => change(names, i)) },
  fleet: fleet(names),
  warnings: Array.from({ length: changes }, (_, i) => ({ at, level: ['WARNING', 'ERROR', 'CRITICAL'][i % 3], event_id: 300 + i, message: `Environment '${names[i % names.length]}': ${names[i % names.length]}` })),
});

export const answers = {
  one: of(['one'], 1),
  many: of(Array.from({ length: 12 }, (_, i) => `feature_with_a_long_name_number_${i}`), 100),
  hostile: of(hostileNames, 2),
};
