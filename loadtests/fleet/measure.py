"""Changes a flag again and again, and watches each member of the fleet: when it serves the change, and that it never goes back.

measure.py API KEY FEATURE CHANGES INTERVAL TROUBLE DONE PORT...
"""
import http.client
import json
import sys
import threading
import time

api, key, feature, changes = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
interval = float(sys.argv[5])
ports = [int(port) for port in sys.argv[8:]]
trouble, done = open(sys.argv[6], "w"), open(sys.argv[7])
seen = {port: {} for port in ports}
back = []
stopping = False


def watch(port):
    """Reads the flag as fast as the member answers; one that is down is asked again."""
    connection, latest = None, -1
    while not stopping:
        try:
            connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", f"/api/v1/flags/?feature={feature}", headers={"X-Environment-Key": key})
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise http.client.HTTPException(response.status)
            value = json.loads(body)["feature_state_value"]
        except (OSError, http.client.HTTPException, ValueError):
            connection = None
            time.sleep(0.05)
            continue
        number = int(value[1:]) if isinstance(value, str) and value[:1] == "n" and value[1:].isdigit() else -1
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
spreads, slow = [], []
plan = {changes // 4: "kill-member", changes // 2: "halt-redis", changes // 2 + 5: "go-on-redis", 3 * changes // 4: "kill-redis"}
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
    times = [min(at for n, at in seen[port].items() if n >= number) for port in ports]
    (spreads if number < quiet_until else slow).append(max(times) - min(times))
    if number == quiet_until:
        elapsed, polls = time.monotonic() - started, asked() - before
        print(f"without trouble: the API was asked {polls} times in {elapsed:.0f} s with a poll interval of {interval} s")
        if polls > elapsed / (interval * 0.9) + 3:
            print("that is more than one member asks")
            sys.exit(1)
stopping = True
trouble.close()


def percentiles(values):
    values = sorted(values)
    return " ".join(f"p{p} {values[min(len(values) - 1, len(values) * p // 100)] * 1000:.0f} ms" for p in (50, 90, 99))


print(f"from the first member to the last, {len(spreads)} changes without trouble: {percentiles(spreads)}")
print(f"with trouble, {len(slow)} changes: {percentiles(slow)}")
if back:
    print(f"values went back: {back[:5]}")
    sys.exit(1)
