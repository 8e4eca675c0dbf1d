// The parts that environment documents are made of. What nobody looks at (UUIDs, dates) follows from the ids.

const uuid = number => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const feature = (id, name, type = 'STANDARD') => ({ id, name, type });

export const state = (of, enabled, value, more = {}) => ({
  django_id: 1000 + of.id,
  feature: of,
  enabled,
  feature_state_value: value,
  featurestate_uuid: uuid(1000 + of.id),
  multivariate_feature_state_values: [],
  feature_segment: null,
  ...more,
});

/** Variants as [value, weight] or [value, weight, key], in the order in which they are walked. */
export const variants = (first, ...options) => ({
  multivariate_feature_state_values: options.map(([value, weight, key], index) => ({
    id: first + index,
    mv_fs_value_uuid: uuid(first + index),
    percentage_allocation: weight,
    multivariate_feature_option: { id: first + index, value, ...(key && { key }) },
  })),
});

export const condition = (property, operator, value = null) => ({ property_: property, operator, value });

const rule = type => (...parts) => ({
  type,
  conditions: parts.filter(part => part.operator),
  rules: parts.filter(part => !part.operator),
});

export const all = rule('ALL');
export const any = rule('ANY');
export const none = rule('NONE');

/** A segment that overrides features: overrides are states, of which the priority is the segment's. */
export const segment = (id, name, rules, overrides, priority = 0) => ({
  id,
  name,
  rules: [].concat(rules),
  feature_states: overrides.map(override => ({
    ...override,
    django_id: 100000 * id + override.feature.id,
    featurestate_uuid: uuid(100000 * id + override.feature.id),
    feature_segment: { priority },
  })),
});

export const identityOverride = (apiKey, identifier, ...states) => ({
  identifier,
  identity_uuid: uuid(identifier.length),
  created_date: '2026-01-01T00:00:00.000000Z',
  environment_api_key: apiKey,
  identity_traits: [],
  identity_features: states,
});

export const environment = (id, apiKey, { features, segments = [], identityOverrides = [], serverOnly = [], ...more }) => ({
  id,
  api_key: apiKey,
  name: `Environment ${id}`,
  updated_at: '2026-01-21T10:00:00.500000+00:00',
  allow_client_traits: true,
  hide_sensitive_data: false,
  hide_disabled_flags: null,
  use_identity_composite_key_for_hashing: true,
  project: {
    id: 1,
    name: 'Project',
    hide_disabled_flags: false,
    server_key_only_feature_ids: serverOnly.map(of => of.id),
    enable_realtime_updates: false,
    organisation: { id: 1, name: 'Organisation', feature_analytics: false, persist_trait_data: true, stop_serving_flags: false },
    segments,
  },
  feature_states: features,
  identity_overrides: identityOverrides,
  ...more,
});
