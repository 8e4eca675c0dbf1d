// What most files of tests need: a stand-in for the API with every environment, and a proxy before it.
import { main } from '../environments/main.js';
import { changing, discreet, neverLoaded, paged, serverKey } from '../environments/others.js';
import { Proxy } from './proxy.js';
import { until } from './until.js';
import { Upstream } from './upstream.js';

const environments = [main, discreet, paged, changing(1), neverLoaded];

/** The settings of the proxy: environment variables, or a function that makes them for the stand-in. */
export async function setUp(settings = {}) {
  const upstream = await Upstream.start();
  upstream.serve(serverKey(main), main);
  upstream.serve(serverKey(discreet), discreet);
  upstream.serve(serverKey(paged), paged, 100);
  upstream.serve(serverKey(changing(1)), changing(1));

  const more = typeof settings === 'function' ? settings(upstream) : settings;
  const proxy = await Proxy.start({ upstream, keys: environments.map(each => each.api_key), ...more })
    .catch(async error => { await upstream.stop(); throw error; });
  // One that never loads keeps readiness from being "all".
  for (const { api_key: key } of environments.filter(each => each !== neverLoaded)) {
    await until(`${key} to be loaded`, async () => (await fetch(`${proxy.apiUrl}flags/`, { headers: { 'X-Environment-Key': key } })).ok);
  }
  return {
    upstream,
    proxy,
    /** Has the changing environment become its nth version, as far as the API is concerned. */
    change: version => upstream.serve(serverKey(changing(version)), changing(version)),
    tearDown: async () => {
      await proxy.stop();
      await upstream.stop();
    },
  };
}
