"""Runs the floods against a proxy of its own, and judges what they did. See run."""
import http.client
import os
import re
import resource
import socket
import ssl
import statistics
import subprocess
import sys
import time

import frames

PROXY, WORK = sys.argv[1], sys.argv[2]
SHORT = sys.argv[3] == "--short"
SECONDS = 0.75 if SHORT else float(sys.argv[3])
PLACES = 20
MOST_TIMES_SLOWER = 2
MOST_GROWTH = 1.3
HERE = os.path.dirname(os.path.abspath(__file__))
failures = []

# The connections are this process's, too.
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 4096 if hard == resource.RLIM_INFINITY else min(hard, 4096)), hard))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(port, variables, limit=None):
    log = open(os.path.join(WORK, f"{port}.log"), "w")
    command = ["dotnet", PROXY, "--demo", "--host", "127.0.0.1", "--port", str(port)]
    if limit:
        command = ["bash", "-c", f'ulimit -n {limit} && exec "$@"', "bash", *command]
    process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "SERVER_SHUTDOWN_DELAY_SECONDS": "0", **variables})
    for _ in range(600):
        if process.poll() is None and ask(int(variables.get("METRICS_PORT", port)), "/proxy/health") == 200:
            return process
        time.sleep(0.1)
    sys.exit(open(log.name).read())


def ask(port, path):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", path, headers={"X-Environment-Key": "demo"})
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def check(holds, what):
    print(("ok      " if holds else "FAILED  ") + what, flush=True)
    if not holds:
        failures.append(what)


def descriptors():
    """1,224 idle connections where there are 1,024 descriptors; then none."""
    port = free_port()
    process = start(port, {}, limit=1024)
    held = []
    for _ in range(1224):
        connection = socket.socket()
        connection.setblocking(False)
        connection.connect_ex(("127.0.0.1", port))
        held.append(connection)
    time.sleep(1 if SHORT else 3)
    for connection in held:
        connection.close()
    time.sleep(1)
    check(process.poll() is None, "1,224 idle connections, 1,024 descriptors: the process is there")
    check(any(ask(port, "/proxy/health/liveness") == 200 for _ in range(5)), "1,224 idle connections, 1,024 descriptors: the listener accepts again")
    process.kill()


def client(port, tls):
    if tls:
        return http.client.HTTPSConnection("127.0.0.1", port, timeout=5, context=ssl._create_unverified_context())
    return http.client.HTTPConnection("127.0.0.1", port, timeout=5)


def times(port, seconds, tls):
    """How long answers take to somebody who asks fifty times a second, in milliseconds."""
    taken, end = [], time.monotonic() + seconds
    connection = client(port, tls)
    while time.monotonic() < end:
        begun = time.perf_counter()
        try:
            connection.request("GET", "/api/v1/flags/", headers={"X-Environment-Key": "demo"})
            connection.getresponse().read()
        except OSError:
            connection.close()
            connection = client(port, tls)
        taken.append((time.perf_counter() - begun) * 1000)
        time.sleep(0.02)
    connection.close()
    return taken


def gauge(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/metrics")
    found = re.search(r"^edgeproxy_connections (\d+)$", connection.getresponse().read().decode(), re.M)
    connection.close()
    return int(found.group(1))


def settle(metrics, before):
    """Gives the proxy the time to abandon what is left of connections, two seconds after they were closed."""
    if not SHORT:
        time.sleep(4)
    for _ in range(100):
        if not SHORT or gauge(metrics) == before:
            return
        time.sleep(0.1)


def memory(process):
    """Resident memory in MB, after three forced collections, as in loadtests/short."""
    for _ in range(3):
        subprocess.run([os.path.join(os.path.dirname(HERE), "collect-garbage"), str(process.pid)], check=True, stdout=subprocess.DEVNULL)
        time.sleep(0.5)
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{process.pid}/status").read()).group(1)) / 1024


def attack(flood, port, http2, tls):
    """Lets a flood run, and says how much longer others' answers took meanwhile."""
    alone = statistics.median(times(port, SECONDS / 4, tls))
    attacker = subprocess.Popen(
        ["nice", "-n", "19", sys.executable, f"{HERE}/frames.py", flood, str(http2), "tls" if tls else "clear", str(SECONDS)],
        stdout=subprocess.PIPE, text=True)
    meanwhile = statistics.median(times(port, SECONDS, tls))
    return attacker.communicate()[0].strip(), meanwhile / alone


def floods(tls):
    name = "tls" if tls else "clear"
    port, http2, metrics = free_port(), free_port(), free_port()
    variables = {"LIMITS_MAX_CONNECTIONS": str(PLACES), "METRICS_PORT": str(metrics), "LIMITS_MAX_QUEUE_DELAY_SECONDS": "0"}
    if tls:
        variables |= {"SERVER_TLS_CERTIFICATE_FILE": f"{WORK}/tls.crt", "SERVER_TLS_KEY_FILE": f"{WORK}/tls.key"}
        http2 = port
    else:
        variables["SERVER_HTTP2_CLEARTEXT_PORT"] = str(http2)
    process = start(port, variables)
    times(port, 0.5 if SHORT else 2, tls)
    before, resident = gauge(metrics), None
    for round_ in ("short",) if SHORT else ("warm-up", "judged"):
        for flood in frames.FLOODS:
            did, slower = attack(flood, port, http2, tls)
            if slower > MOST_TIMES_SLOWER and round_ == "judged":
                did, slower = attack(flood, port, http2, tls)  # whatever else the machine did may be over
            if round_ == "judged":
                check(slower <= MOST_TIMES_SLOWER, f"{flood}, {name}: {did}; others' answers took {slower:.2f} times as long")
            elif SHORT:
                print(f"        {flood}, {name}: {did}; others' answers took {slower:.2f} times as long", flush=True)
        settle(metrics, before)
        if resident is None and not SHORT:
            resident = memory(process)  # by now code is compiled, and pools are filled
    check(gauge(metrics) == before, f"{name}: the gauge of connections is what it was: {gauge(metrics)}")
    if not SHORT:
        after = memory(process)
        check(after <= MOST_GROWTH * resident, f"{name}: memory is {after:.0f} MB, and was {resident:.0f} MB after the first round")
    if not tls:
        held = []
        for _ in range(PLACES):
            held.append(http.client.HTTPConnection("127.0.0.1", port, timeout=5))
            try:
                held[-1].request("GET", "/proxy/health/liveness")
                held[-1].getresponse().read()
            except OSError:
                held[-1] = None
        check(None not in held, f"{name}: all {PLACES} places are free")
        for connection in filter(None, held):
            connection.close()
    process.terminate()
    begun = time.monotonic()
    process.wait(60)
    check(process.returncode == 0 and time.monotonic() - begun < 5, f"{name}: it stops at once")
    log = open(os.path.join(WORK, f"{port}.log")).read()
    check(not re.search(r" (crit|fail): ", log), f"{name}: nothing above a warning in the log")


descriptors()
floods(tls=False)
floods(tls=True)
sys.exit(1 if failures else 0)
