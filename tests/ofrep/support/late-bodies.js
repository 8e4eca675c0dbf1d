// A way to the proxy on which bodies come later than their heads: requests have to wait for them there, as from a slow network.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

const headEnd = '\r\n\r\n';

/** Listens on a free port; gives the URL, and how to close it. */
export async function lateBodies(port, delay = 200) {
  const server = createServer(client => {
    const proxy = connect(port, '127.0.0.1');
    client.on('data', data => {
      const head = data.includes(headEnd) ? data.indexOf(headEnd) + headEnd.length : 0;
      if (head > 0) proxy.write(data.subarray(0, head));
      if (head < data.length) setTimeout(() => { if (proxy.writable) proxy.write(data.subarray(head)); }, delay);
    });
    proxy.on('data', data => client.write(data));
    for (const [end, other] of [[client, proxy], [proxy, client]]) {
      end.on('error', () => {});
      end.on('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** A request whose body does not come: it takes a place among those that wait, until it is destroyed. */
export function withoutBody(port, key) {
  const waiting = connect(port, '127.0.0.1');
  waiting.write(`POST /ofrep/v1/evaluate/flags HTTP/1.1\r\nHost: x\r\nX-API-Key: ${key}\r\nContent-Length: 10\r\n\r\n{`);
  return waiting;
}
