// What the page saw of requests since it was opened, for sparklines: nothing of it is kept elsewhere.

const length = 60;
const requests = new Map();
const slowest = [];
let before = null;

const add = (list, value) => { list.push(value); if (list.length > length) list.shift(); };

/** Records an answer of /proxy/environments. */
export function record(listing) {
  const now = performance.now();
  const seconds = before === null ? 0 : (now - before.now) / 1000;
  if (seconds > 0) {
    for (const item of listing.environments) {
      const earlier = before.requests.get(item.client_side_key);
      if (earlier === undefined) continue;
      const list = requests.get(item.client_side_key) ?? [];
      add(list, Math.max(0, item.requests - earlier) / seconds);
      requests.set(item.client_side_key, list);
    }
    add(slowest, percentile(listing.durations.bounds, listing.durations.counts.map((count, i) => count - before.counts[i]), 0.99));
  }
  before = { now, counts: listing.durations.counts, requests: new Map(listing.environments.map(item => [item.client_side_key, item.requests])) };
}

/** The requests per second of an environment, the latest last. */
export const requestsOf = key => requests.get(key) ?? [];

/** The 99th percentile of the time of requests, in milliseconds, the latest last; null where there was no request. */
export const slowestRequests = () => slowest;

/** The upper bound of the bucket that has a percentile, in milliseconds; null if all are empty. */
export function percentile(bounds, counts, share) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= 0) return null;
  let below = 0;
  for (let i = 0; i < counts.length; i++) {
    below += counts[i];
    if (below >= total * share) return (bounds[i] ?? bounds.at(-1) * 2) * 1000;
  }
  return null;
}
