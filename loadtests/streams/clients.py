#!/usr/bin/env python3
"""Thousands of clients of event streams in one process: each holds a stream open, and opens the next when it ends.

    loadtests/streams/clients.py PORT KEY COUNT [--retry SECONDS] [--path PATH]

As an EventSource, a client waits for the `retry` that the stream gave (three seconds without one; --retry sets it for all).
Standard input takes a command a line, each answered with a line of JSON:

    state     open streams, and what happened since the start: opened, ended (properly), cut (otherwise), rejected (by status)
    forget    forgets the times of events
    events    how many events came since forget, and when: first, last and the middle, in seconds of the monotonic clock
    gaps      the longest time that a client was without a stream, beyond its own retry, in seconds; forgotten then
"""
import argparse, errno, heapq, json, os, random, resource, select, socket, sys, time

CONNECTING, HEAD, STREAM = range(3)


class Clients:
    def __init__(self, port, path, count, retry):
        self.address, self.count, self.fixed_retry = ("127.0.0.1", port), count, retry
        self.request = f"GET {path} HTTP/1.1\r\nHost: streams\r\nUser-Agent: Mozilla/5.0\r\nAccept: text/event-stream\r\n\r\n".encode()
        self.epoll = select.epoll()
        self.sockets, self.phases, self.rest = {}, {}, {}
        self.clients = {}  # descriptor to client
        self.retry, self.lost = [3.0] * count, [None] * count
        self.due = []
        self.open = self.opened = self.ended = self.cut = self.refused = 0
        self.rejected, self.times, self.gap = {}, [], 0.0

    def start(self):
        now = time.monotonic()
        for client in range(self.count):
            heapq.heappush(self.due, (now + client * 0.0004, client))  # 2,500 a second

    def connect(self, client):
        stream = socket.socket()
        stream.setblocking(False)
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if stream.connect_ex(self.address) not in (0, errno.EINPROGRESS):
            stream.close()
            self.again(client, 1)
            return
        descriptor = stream.fileno()
        self.sockets[descriptor], self.phases[descriptor], self.rest[descriptor] = stream, CONNECTING, b""
        self.clients[descriptor] = client
        self.epoll.register(descriptor, select.EPOLLOUT)

    def again(self, client, seconds):
        heapq.heappush(self.due, (time.monotonic() + seconds, client))

    def close(self, descriptor):
        phase = self.phases.pop(descriptor)
        self.epoll.unregister(descriptor)
        self.sockets.pop(descriptor).close()
        self.rest.pop(descriptor)
        client = self.clients.pop(descriptor)
        if phase == STREAM:
            self.open -= 1
            self.lost[client] = time.monotonic()
        return phase, client

    def over(self, descriptor, properly):
        phase, client = self.close(descriptor)
        if phase == STREAM:
            if properly:
                self.ended += 1
            else:
                self.cut += 1
            self.again(client, self.fixed_retry if self.fixed_retry is not None else self.retry[client])
        else:
            self.refused += 1
            self.again(client, 0.2)

    def handle(self, descriptor, events):
        stream = self.sockets.get(descriptor)
        if stream is None:
            return
        if self.phases[descriptor] == CONNECTING:
            if stream.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                self.over(descriptor, False)
                return
            stream.send(self.request)
            self.phases[descriptor] = HEAD
            self.epoll.modify(descriptor, select.EPOLLIN)
            return
        try:
            data = stream.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.over(descriptor, False)
            return
        if self.phases[descriptor] == HEAD:
            data = self.rest[descriptor] + data
            end = data.find(b"\r\n\r\n")
            if end < 0:
                self.rest[descriptor] = data
                return
            status = data[9:12].decode()
            if status != "200":
                self.rejected[status] = self.rejected.get(status, 0) + 1
                _, client = self.close(descriptor)
                self.again(client, 10)
                return
            self.phases[descriptor], self.rest[descriptor] = STREAM, b""
            self.open += 1
            self.opened += 1
            client = self.clients[descriptor]
            if self.lost[client] is not None:
                waited = time.monotonic() - self.lost[client]
                self.gap = max(self.gap, waited - (self.fixed_retry if self.fixed_retry is not None else self.retry[client]))
                self.lost[client] = None
            data = data[end + 4:]
        retry = data.find(b"retry: ")
        if retry >= 0:
            self.retry[self.clients[descriptor]] = int(data[retry + 7:data.index(b"\n", retry)]) / 1000
        if b"event: " in data:
            self.times.append(time.monotonic())
        if data.endswith(b"0\r\n\r\n") and (len(data) == 5 or data[-7:-5] == b"\r\n"):
            self.over(descriptor, True)

    def command(self, text):
        if text == "state":
            return dict(open=self.open, opened=self.opened, ended=self.ended, cut=self.cut, refused=self.refused, rejected=self.rejected)
        if text == "forget":
            self.times = []
            return {}
        if text == "gaps":
            gap, self.gap = self.gap, 0.0
            return dict(longest=gap)
        times = sorted(self.times)
        return dict(count=len(times), first=times[0], middle=times[len(times) // 2], last=times[-1]) if times else dict(count=0)

    def run(self):
        standard_input = sys.stdin.fileno()
        os.set_blocking(standard_input, False)
        self.epoll.register(standard_input, select.EPOLLIN)
        self.start()
        while True:
            now = time.monotonic()
            while self.due and self.due[0][0] <= now:
                self.connect(heapq.heappop(self.due)[1])
            timeout = min(1.0, max(0.0, self.due[0][0] - now)) if self.due else 1.0
            for descriptor, events in self.epoll.poll(timeout, 512):
                if descriptor != standard_input:
                    self.handle(descriptor, events)
                    continue
                text = os.read(standard_input, 4096).decode()
                if not text:
                    return
                for line in text.split():
                    print(json.dumps(self.command(line)), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("port", type=int)
    parser.add_argument("key")
    parser.add_argument("count", type=int)
    parser.add_argument("--retry", type=float)
    parser.add_argument("--path")
    options = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    Clients(options.port, options.path or f"/sse/environments/{options.key}/stream", options.count, options.retry).run()


main()
