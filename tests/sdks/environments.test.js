// Whether the environments and the people ask anything of an SDK: a segment that everybody is in, or a variant that nobody
// gets, would be tested by no comparison.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { main } from './environments/main.js';
import { people } from './environments/people.js';
import { identityFlags, segmentsOf } from './support/engine.js';

test('every segment has people in it and people outside', () => {
  for (const { name } of main.project.segments) {
    const inside = people.filter(person => segmentsOf(main, person).includes(name)).length;
    assert.ok(inside > 0 && inside < people.length, `${name}: ${inside} of ${people.length}`);
  }
});

test('every variant is somebody\'s', () => {
  const values = name => new Set(people.map(person => identityFlags(main, person).find(flag => flag.name === name).value));
  assert.deepEqual([...values('banner')].sort(), ['blue', 'control', 'green', 'none of them', 'red', 'segment a', 'segment b'].sort());
  assert.deepEqual([...values('price')].sort((a, b) => a - b), [80, 120]);
});

test('every override wins somewhere', () => {
  const values = name => new Set(people.map(person => identityFlags(main, person).find(flag => flag.name === name).value));
  assert.deepEqual(values('contested'), new Set(['nobody wins', 'weak', 7]));
  assert.ok(values('greeting').has('just for you'));
});
