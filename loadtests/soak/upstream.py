#!/usr/bin/env python3
"""Stands in for the Flagsmith API, with a document that is another one every second: upstream.py PORT DOCUMENT

The value of its first feature is its version; nothing else changes. /version says which one that is.
"""
import hashlib
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

port, path = int(sys.argv[1]), sys.argv[2]
base = json.load(open(path))
start = time.monotonic()


def current():
    version = int(time.monotonic() - start) + 1
    base["feature_states"][0]["feature_state_value"] = version
    base["updated_at"] = time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime(1800000000 + version))
    return version, json.dumps(base).encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        version, body = current()
        if self.path == "/version":
            body = str(version).encode()
        tag = f'"{hashlib.md5(body).hexdigest()}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
