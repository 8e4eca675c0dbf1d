#!/usr/bin/env python3
"""Good clients that come and go, and hostile ones among them: clients.py PORT SECONDS

Prints what they did; exit code 1 if a good one got a wrong answer. The versions of the document that good ones see, each
after the other, never go back, and go on at all.
"""
import http.client
import json
import random
import socket
import struct
import sys
import threading
import time

port, seconds = int(sys.argv[1]), float(sys.argv[2])
end = time.monotonic() + seconds
lock = threading.Lock()
counts = {}
wrong = []
seen = {"latest": 0, "first": None}


def count(what):
    with lock:
        counts[what] = counts.get(what, 0) + 1


def complain(what):
    with lock:
        wrong.append(what)


def ask(connection, method, target, body=None):
    connection.request(method, target, body, {"X-Environment-Key": "demo"})
    response = connection.getresponse()
    content = response.read()
    if response.status != 200:
        complain(f"{method} {target}: {response.status} {content[:200]!r}")
        return None
    return json.loads(content)


def good(rng):
    while time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            for _ in range(rng.randint(1, 20)):
                with lock:
                    least = seen["latest"]
                flag = ask(connection, "GET", "/api/v1/flags/?feature=dashboard")
                version = flag and flag["feature_state_value"]
                if not isinstance(version, int) or version < least:
                    complain(f"version {version} after {least}")
                    continue
                with lock:
                    seen["latest"] = max(seen["latest"], version)
                    seen["first"] = seen["first"] or version
                plan, value = rng.choice([("enterprise", "insights"), ("free", None)])
                answer = ask(connection, "POST", "/api/v1/identities/",
                             json.dumps({"identifier": "x", "traits": [{"trait_key": "plan", "trait_value": plan}]}))
                flag = answer and answer["flags"][0]["feature_state_value"]
                if value and flag != value or not value and not (isinstance(flag, int) and flag >= version):
                    complain(f"{flag} for {plan} after {version}")
                count("good answers")
                time.sleep(rng.random() * 0.01)
        except Exception as error:  # noqa: BLE001 - whatever happens to a good client is wrong
            complain(f"a good client: {error!r}")
        connection.close()
        count("good connections")


HEAD = b"POST /api/v1/identities/ HTTP/1.1\r\nHost: x\r\nX-Environment-Key: demo\r\n"


def slow_headers(connection, rng):
    for byte in HEAD[:rng.randint(5, 40)]:
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def half_body(connection, rng):
    connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n" + b'{"identifier":"' + b"x" * rng.randint(0, 900))
    time.sleep(rng.random() * 0.2)


def half_chunks(connection, rng):
    connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + rng.choice([b"ff\r\n{", b"FFFFFFFFFF\r\n", b"0\r\n\xff:\x00\r\n", b"zz\r\n"]))
    time.sleep(rng.random() * 0.2)


def garbage(connection, rng):
    connection.sendall(rng.randbytes(rng.randint(1, 5000)))
    connection.recv(65536)


def huge_headers(connection, rng):
    connection.sendall(HEAD + b"X-Huge: " + b"x" * rng.randint(10_000, 200_000) + b"\r\n\r\n")
    connection.recv(65536)


def deaf(connection, rng):
    connection.setblocking(False)
    for _ in range(200):  # asks, and reads no answer
        connection.send(b"GET /api/v1/environment-document/ HTTP/1.1\r\nHost: x\r\nX-Environment-Key: ser.demo\r\n\r\n" * 20)
        time.sleep(0.005)


def idle(connection, rng):
    time.sleep(rng.random() * 2)


KINDS = [slow_headers, half_body, half_chunks, garbage, huge_headers, deaf, idle]


def hostile(rng):
    while time.monotonic() < end:
        kind = rng.choice(KINDS)
        connection = socket.socket()
        connection.settimeout(5)
        try:
            connection.connect(("127.0.0.1", port))
            kind(connection, rng)
        except OSError:
            pass  # what hostile clients get is none of our business
        if rng.random() < 0.5:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset
        connection.close()
        count(kind.__name__)


threads = [threading.Thread(target=good if i < 4 else hostile, args=(random.Random(i),)) for i in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(", ".join(f"{value} {name}" for name, value in sorted(counts.items())))
versions = seen["latest"] - (seen["first"] or 0)
print(f"good clients saw the document change {versions} times in {seconds:.0f} s")
if versions < seconds * 0.5:
    complain(f"only {versions} changes")
for what in wrong[:10]:
    print(f"WRONG: {what}")
sys.exit(1 if wrong else 0)
