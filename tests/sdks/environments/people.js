// Who asks. Between them they are inside and outside of every segment of the main environment, and get each variant:
// environments.test.js holds them to that.
export const people = [
  { identifier: 'ada', traits: { plan: 'enterprise', age: 42, score: 2.5, beta: true, email: 'ada@example.com', app: '2.4.1' } },
  { identifier: 'bob', traits: { plan: 'free', age: 17, score: -0.5, beta: false, email: 'bob+spam@example.com', app: '2.0.0-beta.1' } },
  { identifier: 'carol@example.org', traits: { plan: 'start-up', age: 22, score: 1e21, email: 'carol@example.org', app: '2.0.0-beta.10' } },
  { identifier: 'dan', traits: { age: null, email: 'Dan@example.com', app: 'not a version' } },
  { identifier: 'eve', traits: { beta: true, score: 0, plan: '' } },
  { identifier: 'übung / 100% & more?', traits: { plan: 'ünïcode "quoted" \u{1F600}', age: -2, app: '3.0.0' } },
  { identifier: '42', traits: { beta: false, age: 30 } },
  { identifier: 'overridden', traits: { plan: 'enterprise' } },
  { identifier: 'grace', traits: {} },
  { identifier: 'heidi', traits: {} },
  { identifier: 'ivan', traits: { beta: true } },
  { identifier: 'judy', traits: { beta: true, plan: 'team' } },
  { identifier: 'nina', traits: {} },
  { identifier: 'olga', traits: {} },
  { identifier: 'peggy', traits: {} },
  { identifier: 'mallory', traits: { beta: true, plan: 'hobby' } },
];
