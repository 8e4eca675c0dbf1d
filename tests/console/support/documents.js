// Environment documents for the page: none, one and 2,000 features, and names that are HTML, scripts and marks of direction.

/** A document. */
export function environment(key, name, features, segments = []) {
  return {
    id: 1, api_key: key, name, updated_at: '2026-11-01T12:00:00Z', feature_states: features, identity_overrides: [],
    project: { id: 1, name: 'Project', hide_disabled_flags: false, server_key_only_feature_ids: [], segments },
  };
}

export const state = (id, name, enabled, value = null, variants = []) => ({
  feature: { id, name, type: 'STANDARD' }, enabled, feature_state_value: value, django_id: id,
  multivariate_feature_state_values: variants.map(([text, percent], i) => ({ id: i + 1, percentage_allocation: percent, multivariate_feature_option: { value: text, key: text } })),
});

export const segment = (id, name, overrides, ...conditions) => ({
  id, name, feature_states: overrides.map((override, i) => ({ ...override, feature_segment: { priority: i } })),
  rules: [{ type: 'ALL', conditions: [], rules: [{ type: 'ALL', conditions: conditions.map(([property_, operator, value]) => ({ property_, operator, value })), rules: [] }] }],
});

export const empty = environment('an-empty-environment', 'Empty', []);

export const single = environment('a-single-environment', 'Single', [state(1, 'only', true, 'one')]);

export const large = environment(
  'a-large-environment', 'Large',
  Array.from({ length: 2000 }, (_, i) => state(i + 1, `feature_${i + 1}`, i % 3 !== 0, i % 2 === 0 ? `value ${i + 1}` : null)),
  Array.from({ length: 40 }, (_, i) => segment(100 + i, `segment_${i + 1}`, [state(i + 1, `feature_${i + 1}`, true, 'targeted')], ['plan', 'IN', `gold,plan_${i + 1}`])));

/** The script sets a mark on the window, which the tests look for. */
export const hostileNames = [
  '<img src=x onerror="window.hacked=1">',
  '"><script>window.hacked=1</script>',
  '</bdi></summary><iframe srcdoc="<script>parent.hacked=1</script>">',
  '\u202Egnirts desrever\u202C',
  "';alert(1)//",
  '{{constructor.constructor("window.hacked=1")()}}',
  'a'.repeat(200),
];

export const hostile = environment(
  'a-hostile-environment', '<b>Hostile</b> & co',
  hostileNames.map((name, i) => state(i + 1, name, i % 2 === 0, name, i === 0 ? [['<i>a</i>', 50], ['b', 20]] : [])),
  [segment(1, '<u onclick="window.hacked=1">segment</u>', [state(2, hostileNames[1], true, '<script>window.hacked=1</script>')], ['<b>plan</b>', 'EQUAL', '<i>gold</i>'])]);

const reads = (id, feature, prerequisite) => segment(id, `${feature}-depends-on-${prerequisite}`, [state(id, feature, false)], [`$.flags["${prerequisite}"].enabled`, 'NOT_EQUAL', 'true']);

/** Features that depend on each other: a chain, a circle, and names that are scripts. */
export const linked = environment(
  'a-linked-environment', 'Linked',
  ['api', 'cart', 'pay', 'hen', 'egg', hostileNames[4]].map((name, i) => state(i + 1, name, true)),
  [reads(11, 'cart', 'api'), reads(12, 'pay', 'cart'), reads(13, 'pay', 'api'), reads(14, 'hen', 'egg'), reads(15, 'egg', 'hen'), reads(16, hostileNames[4], 'pay')]);
