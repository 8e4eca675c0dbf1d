"""Changes a flag again and again, and watches each member of the fleet: when it serves the change, and that it never goes back.
Clients of the balancer watch too: once every member had a value, they must not get an earlier one.

measure.py API KEY FEATURE CHANGES INTERVAL TROUBLE DONE BALANCER PORT...
"""
import http.client
import json
import sys
import threading
import time

api, key, feature, changes = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
interval = float(sys.argv[5])
balancer, ports = int(sys.argv[8]), [int(port) for port in sys.argv[9:]]
trouble, done = open(sys.argv[6], "w"), open(sys.argv[7])
seen = {port: {} for port in ports}
back = []
stopping = False
everywhere = -1  # the latest change that every member has served
asked_by_clients = 0


def read(port, connection):
    """The number of the change that is served; an exception if there is no such answer."""
    connection.request("GET", f"/api/v1/flags/?feature={feature}", headers={"X-Environment-Key": key})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise http.client.HTTPException(response.status)
    value = json.loads(body)["feature_state_value"]
    return int(value[1:]) if isinstance(value, str) and value[:1] == "n" and value[1:].isdigit() else -1


def visit():
    """A client of the balancer, which leads each request to another member."""
    global asked_by_clients
    connection = None
    while not stopping:
        known = everywhere
        try:
            connection = connection or http.client.HTTPConnection("127.0.0.1", balancer, timeout=5)
            number = read(balancer, connection)
        except (OSError, http.client.HTTPException, ValueError):
            connection = None  # failed requests are counted by wrk
            time.sleep(0.05)
            continue
        asked_by_clients += 1
        if number < known:
            back.append(("a client", known, number))
        time.sleep(0.005)


def watch(port):
    """Reads the flag as fast as the member answers; one that is down is asked again."""
    connection, latest = None, -1
    while not stopping:
        try:
            connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            number = read(port, connection)
        except (OSError, http.client.HTTPException, ValueError):
            connection = None
            time.sleep(0.05)
            continue
        if number < latest:
            back.append((port, latest, number))
        if number > latest:
            latest = number
            seen[port].setdefault(number, time.monotonic())
        time.sleep(0.002)


def control(request=None):
    connection = http.client.HTTPConnection("127.0.0.1", api, timeout=10)
    connection.request("POST" if request else "GET", "/control", body=json.dumps(request) if request else None)
    return json.loads(connection.getresponse().read() or b"{}")


def cause(what):
    trouble.write(what + "\n")
    trouble.flush()
    done.readline()


def asked():
    return len(control()["fetches"])


for port in ports:
    threading.Thread(target=watch, args=(port,), daemon=True).start()
threading.Thread(target=visit, daemon=True).start()
spreads, slow = [], []
plan = {
    changes // 4: "kill-member 0",
    3 * changes // 8: "kill-redis",
    changes // 2: "halt-redis",
    changes // 2 + 5: "go-on-redis",
    5 * changes // 8: "kill-member 1",
    3 * changes // 4: "kill-redis",
    7 * changes // 8: "kill-member 2",
}
quiet_until = changes // 4 - 1
started, before = time.monotonic(), asked()
for number in range(changes):
    if number in plan:
        cause(plan[number])
    control({"patch": {"key": key, "feature": feature, "set": {"feature_state_value": f"n{number}"}}})
    deadline = time.monotonic() + 40
    while not all(any(n >= number for n in list(seen[port])) for port in ports):
        if time.monotonic() > deadline:
            print(f"change {number} did not reach every member")
            sys.exit(1)
        time.sleep(0.002)
    everywhere = number
    times = [min(at for n, at in seen[port].items() if n >= number) for port in ports]
    (spreads if number < quiet_until else slow).append(max(times) - min(times))
    if number == quiet_until:
        elapsed, polls = time.monotonic() - started, asked() - before
        print(f"without trouble: the API was asked {polls} times in {elapsed:.0f} s with a poll interval of {interval} s")
        # Half as often again, since on a loaded machine a member may take a slow poll for none; two members ask twice as often.
        if polls > 1.5 * elapsed / (interval * 0.9) + 3:
            print("that is more than one member asks")
            sys.exit(1)
stopping = True
trouble.close()


def percentiles(values):
    values = sorted(values)
    return " ".join(f"p{p} {values[min(len(values) - 1, len(values) * p // 100)] * 1000:.0f} ms" for p in (50, 90, 99))


print(f"from the first member to the last, {len(spreads)} changes without trouble: {percentiles(spreads)}")
print(f"with trouble, {len(slow)} changes: {percentiles(slow)}")
print(f"{asked_by_clients} requests of a client of the balancer, {sum(one[0] == 'a client' for one in back)} of them answered with a value from before what every member had")
if back:
    print(f"values went back: {back[:5]}")
    sys.exit(1)
