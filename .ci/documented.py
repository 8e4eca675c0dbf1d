#!/usr/bin/env python3
"""Runs the commands and configurations of README.md and docs/, as they stand there.

    .ci/documented.py list            # every command, and what becomes of it
    .ci/documented.py demo            # those that need a running proxy, and the configurations
    .ci/documented.py measurements    # those that measure, as short as they can be

Each command of a page needs a rule; one without is an error, and so is a rule without a command. Needs everything built in
Release; ports 8000, 8001, 8184 and 9184.
"""
import json, os, re, shutil, signal, subprocess, sys, tempfile, time, urllib.error, urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROXY = f"{ROOT}/src/EdgeProxy.Host/bin/Release/net10.0/edge-proxy.dll"
TOOLS = f"{ROOT}/tools/EdgeProxy.Tools/bin/Release/net10.0/EdgeProxy.Tools.dll"
DEMO = f"{ROOT}/examples/demo-environment.json"
PAGES = ["README.md"] + sorted(f"docs/{name}" for name in os.listdir(f"{ROOT}/docs") if name.endswith(".md"))
TOKEN = "a-token"

# Shorter forms of the options of measurements; what they print is not looked at.
SHORT = [(r"^dotnet run ", "dotnet run --no-build "), (r" --write\b", ""), (r" --judge\b", ""), (r"--(rounds|seconds|warm-up) \d+", r"--\1 1"), (r"--changes \d+", "--changes 2"), (r"--job short( --inProcess)?", "--job dry --inProcess"), (r"artifacts/publish/aot-linux-x64/edge-proxy\b", "src/EdgeProxy.Host/bin/Release/net10.0/edge-proxy.dll")]
MIX = " --rounds 1 --seconds 1 --warm-up 1"

# A pattern of the whole command, what to do, and its argument: for "run" the exit code, for "serve" the port, for "measure"
# more options, for "elsewhere" the check of .ci/run that runs it, for "not here" why it cannot be run.
RULES = [
    (r"curl -X POST .*/release", "not here", "needs a version that is held; VersionHoldTests has one"),
    (r"curl .*localhost:8000.*|curl .*edge-proxy:8000.*", "run", 0),
    (r"edge-proxy explain .*", "run", 0),
    (r"edge-proxy diff before\.json after\.json", "run", 1),
    (r"edge-proxy health", "run", 0),
    (r"edge-proxy doctor( --json)?", "run", 1),  # the API of the demo takes no counts
    (r"edge-proxy compare --with http://old-proxy:8000( --identities requests\.jsonl --report report\.html)?", "run", 0),
    (r"edge-proxy compare --with https://edge\.api\.flagsmith\.com/.*", "not here", "asks Flagsmith's own service"),
    (r"OTEL_EXPORTER_OTLP_ENDPOINT=\S+ edge-proxy", "serve", 8184),
    (r"dotnet run -c Release --project src/EdgeProxy\.Host -- --environment-document my-environment\.json", "serve", 8184),
    (r"dotnet run -c Release --project src/EdgeProxy\.Host -- --demo", "elsewhere", "README: the demo"),
    (r"dotnet run -c Release --project src/EdgeProxy\.Host", "elsewhere", "README: a configuration"),
    (r"dotnet run .*EdgeProxy\.Benchmarks -- allocations", "elsewhere", "allocations as in the table"),
    (r"dotnet test -c Release .*", "elsewhere", "tests"),
    (r"loadtests/overload/run .*", "elsewhere", "three times the load that can be answered"),
    (r"loadtests/attacker/run .*", "elsewhere", "an attacker beside a victim"),
    (r"loadtests/streams/run rolling", "elsewhere", "a rolling restart with event streams"),
    (r"loadtests/streams/run idle .*", "not here", "takes more than a minute; the rolling restart with event streams has the same clients"),
    (r"loadtests/streams/run restart", "measure", " --streams 300 --retry 2"),
    (r"loadtests/fleet/figures .*", "not here", "takes minutes; a fleet behind HAProxy is measured by its own check"),
    (r"dotnet run .*EdgeProxy\.Comparison -- mix --(rounds|only analytics).*", "elsewhere", "the comparison runs"),
    (r"dotnet run .*EdgeProxy\.Comparison -- protocols .*", "measure", ' --warm-up 1 --only "flags/ small" --over tls http2 --streams 1'),
    (r"dotnet run .*EdgeProxy\.Comparison -- (builds|scaling) .*", "measure", ' --warm-up 1 --only "flags/ small"'),
    (r"dotnet run .*EdgeProxy\.Comparison -- mix .*--peer .*", "peer", ""),
    (r"dotnet run .*EdgeProxy\.Comparison -- documents( > config\.json)?", "peer", ""),
    (r"DOTNET_\w+=0 taskset -c 0\s+dotnet src/EdgeProxy\.Host/bin/Release/net10\.0/edge-proxy\.dll .*", "peer", ""),
    (r"dotnet run .*EdgeProxy\.Comparison -- traits .*", "measure", " --warm-up 1"),
    (r"dotnet run .*EdgeProxy\.Comparison -- explained .*", "measure", " --rates 0"),
    (r"dotnet run .*EdgeProxy\.Comparison -- start .*", "measure", " --rounds 1"),
    (r"dotnet run .*EdgeProxy\.Comparison -- warm-up .*", "measure", " --seconds 2 --rounds 1"),
    (r"dotnet run .*EdgeProxy\.Comparison -- (refresh|propagation|footprint) .*", "measure", ""),
    (r"dotnet run .*EdgeProxy\.Comparison -- compiling .*", "not here", "takes minutes; ProgramTests starts the program with the same documents under limits"),
    (r"dotnet run .*EdgeProxy\.Comparison -- instructions .*", "not here", "needs valgrind, and compiles ahead of time; tests read its output"),
    (r"taskset -c 1 dotnet run .*EdgeProxy\.Comparison -- mechanisms .*", "not here", "takes minutes; ProxyVariantTests starts the program with and without a mechanism"),
    (r"dotnet run .*EdgeProxy\.Benchmarks -- --filter .*", "elsewhere", "every benchmark runs"),
    (r"docker run .*", "not here", "needs Docker; the workflow for releases builds and tries the image"),
    (r"deploy/publish \w+", "not here", "takes minutes and a linker; the workflow for releases runs it, and deploy/try"),
]


def commands():
    """Each command: its page, and the command without comment and background sign."""
    for page in PAGES:
        text = open(f"{ROOT}/{page}").read()
        for kind, block in re.findall(r"^ *```(\w*)\n(.*?)^ *```", text, re.S | re.M):
            lines = re.sub(r"\\\n\s*", " ", block).split("\n")
            if kind == "sh" or re.match(r"(curl|dotnet|edge-proxy) ", lines[0]):
                for line in lines:
                    for command in re.sub(r"\s+#.*$", "", line).split("&&"):
                        if command := command.strip().rstrip("&").strip():
                            yield page, command
            else:
                for line in lines:
                    if line.startswith("$ "):
                        yield page, line[2:]


def rule_of(command):
    return next((rule for rule in RULES if re.fullmatch(rule[0], command)), None)


def planned():
    """The commands with what becomes of them; ends the program if there is a command or a rule too many."""
    found = [(page, command, rule_of(command)) for page, command in commands()]
    checks = set(re.findall(r'^check "([^"]+)"', open(f"{ROOT}/.ci/run").read(), re.M))
    problems = [f"{page}: no rule for: {command}" for page, command, rule in found if rule is None]
    problems += [f"no page has a command for the rule {rule[0]}" for rule in RULES if rule not in [used for _, _, used in found]]
    problems += [f".ci/run has no check \"{rule[2]}\"" for rule in RULES if rule[1] == "elsewhere" and rule[2] not in checks]
    if problems or len(found) < 25:
        sys.exit("\n".join(problems or ["too few commands were found"]))
    return [(page, command, rule[1], rule[2]) for page, command, rule in found]


class Running:
    """A process with all that it starts; ended at the end."""

    def __init__(self, command, log, **options):
        self.process = subprocess.Popen(command, stdout=log, stderr=options.pop("stderr", subprocess.STDOUT), start_new_session=True, **options)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            os.killpg(self.process.pid, signal.SIGINT)
            self.process.wait(30)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            pass
        finally:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.process.wait()

    def until_ok(self, url, seconds=120):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urllib.request.urlopen(url, timeout=5):
                    return True
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        return False


def as_typed(command):
    """The command with what a person puts for its placeholders."""
    for placeholder, value in [("<key>", "demo"), ("<token>", TOKEN), ("your-client-side-key", "demo"), ("ser.…", "ser.demo"), ("old-proxy:", "127.0.0.1:")]:
        command = command.replace(placeholder, value)
    return command


def run(command, expected, work):
    """A command against the demo: with the operators' token if it has one, as this demo needs it."""
    port = 8001 if "Authorization" in command else 8000
    script = f"""
curl() {{ command curl -fsS --max-time 30 --connect-to "::127.0.0.1:{port}" "$@"; }}
edge-proxy() {{ dotnet "{PROXY}" "$@"; }}
{as_typed(command)}
"""
    result = subprocess.run(
        ["bash", "-c", script], cwd=work, env={**os.environ, "TOKEN": TOKEN, "CONFIG_PATH": f"{work}/config.json"}, capture_output=True, text=True, timeout=120)
    if result.returncode == expected and result.stdout.strip():
        return []
    return [f"exit code {result.returncode} instead of {expected}: {command}\n{result.stdout[-500:]}{result.stderr[-1000:]}"]


def serve(command, port, work):
    """A command that serves: it answers."""
    at_root = command.startswith("dotnet run")
    cwd, document = (ROOT, f"{ROOT}/my-environment.json") if at_root else (work, f"{work}/my-environment.json")
    if os.path.exists(document) and at_root:
        return [f"there is a {document} already"]
    shutil.copy(DEMO, document)
    log = f"{work}/serve.log"
    environment = {**os.environ, "SERVER_PORT": str(port), "SERVER_HOST": "127.0.0.1"}
    if not at_root:
        environment["CONFIG_PATH"] = f"{work}/config.json"
    try:
        with open(log, "w") as output, Running(["bash", "-c", f'edge-proxy() {{ dotnet "{PROXY}" "$@"; }}\n{command}'], output, cwd=cwd, env=environment) as running:
            if running.until_ok(f"http://127.0.0.1:{port}/proxy/health/readiness"):
                return []
            return [f"does not become ready: {command}\n{open(log).read()[-1500:]}"]
    finally:
        os.remove(document)


def configurations(work):
    """The JSON blocks that are settings: check-config takes each, and finds nothing to warn of."""
    known = json.load(open(f"{ROOT}/docs/config.schema.json"))["properties"]
    problems, count = [], 0
    with open(f"{work}/store", "w") as store:
        store.write("redis://127.0.0.1:6379")
    for page in ["README.md", "docs/configuration.md", "docs/operating.md", "docs/migrating.md"]:
        for block in re.findall(r"^```json\n(.*?)^```", open(f"{ROOT}/{page}").read(), re.S | re.M):
            try:
                settings = json.loads(block)
            except ValueError:
                continue  # not a single value
            if not isinstance(settings, dict) or not settings.keys() <= known.keys() | {"$schema"}:
                continue
            count += 1
            settings.setdefault("environment_key_pairs", [{"server_side_key": "ser.demo", "client_side_key": "demo"}])
            with open(f"{work}/checked.json", "w") as file:
                file.write(json.dumps(settings).replace("/run/secrets/fleet-store", f"{work}/store"))
            result = subprocess.run(["dotnet", PROXY, "check-config", "--config", f"{work}/checked.json"], cwd=work, capture_output=True, text=True)
            if result.returncode != 0 or re.search("ignored|unknown|no effect", result.stderr):
                problems.append(f"{page}: {block}\n{result.stderr}")
    return problems if count >= 4 else [*problems, f"only {count} configurations were found"]


def demo(work):
    problems = []
    environment = json.load(open(DEMO))
    for name in ["before.json", "document.json"]:
        shutil.copy(DEMO, f"{work}/{name}")
    environment["feature_states"][0]["enabled"] = not environment["feature_states"][0]["enabled"]
    json.dump(environment, open(f"{work}/after.json", "w"))
    with open(f"{work}/requests.jsonl", "w") as requests:
        requests.write('{"identifier": "ada", "traits": [{"trait_key": "plan", "trait_value": "enterprise"}]}\n')
    json.dump(
        {"environment_key_pairs": [{"server_side_key": "ser.demo", "client_side_key": "demo"}], "api_url": "http://127.0.0.1:9184/api/v1"},
        open(f"{work}/config.json", "w"))
    serving = ["dotnet", PROXY, "--demo", "--host", "127.0.0.1", "--port"]
    with open(f"{work}/servers.log", "w") as log, \
            Running(["dotnet", TOOLS, "upstream", DEMO, "--port", "9184"], log) as upstream, \
            Running([*serving, "8000"], log) as plain, \
            Running([*serving, "8001"], log, env={**os.environ, "SERVER_ADMIN_TOKEN": TOKEN}) as guarded:
        if not (upstream.until_ok("http://127.0.0.1:9184/control") and plain.until_ok("http://127.0.0.1:8000/health") and guarded.until_ok("http://127.0.0.1:8001/health")):
            return [f"the demo does not start:\n{open(f'{work}/servers.log').read()}"]
        for _, command, kind, argument in planned():
            if kind == "run":
                problems += run(command, argument, work)
            elif kind == "serve":
                problems += serve(command, argument, work)
    return problems + configurations(work)


def peer(work):
    """The commands with which a peer is measured, in the order of the page: documents, the peer, the comparison."""
    of_peer = [command for _, command, kind, _ in planned() if kind == "peer"]
    documents = next(command for command in of_peer if command.endswith("> config.json")).removesuffix(" > config.json")
    server = next(command for command in of_peer if "taskset" in command).replace("--config config.json", f"--config {work}/config.json")
    with open(f"{work}/config.json", "w") as config, open(f"{work}/peer.log", "w") as log, Running(["bash", "-c", documents], config, stderr=log, cwd=ROOT):
        end = time.monotonic() + 120
        while not open(f"{work}/config.json").read().rstrip().endswith("}") and time.monotonic() < end:
            time.sleep(0.2)
        with Running(["bash", "-c", server], log, cwd=ROOT) as running:
            if not running.until_ok("http://127.0.0.1:8001/proxy/health/readiness"):
                return [f"the peer does not start:\n{open(f'{work}/peer.log').read()[-1500:]}"]
            problems = []
            for command in of_peer:
                if " mix " in command:
                    problems += shell(shorter(command + ("" if "--only" in command else ' --only "flags/ small"') + ("" if "--rounds" in command else MIX)))
            return problems


def shorter(command):
    for pattern, replacement in SHORT:
        command = re.sub(pattern, replacement, command)
    return command


def shell(command):
    began = time.monotonic()
    result = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True)
    print(f"{time.monotonic() - began:.0f} s: {command}", flush=True)
    return [] if result.returncode == 0 else [f"exit code {result.returncode}: {command}\n{result.stdout[-1000:]}{result.stderr[-1000:]}"]


def measurements(work):
    problems = []
    for _, command, kind, argument in planned():
        if kind == "measure":
            more = argument if "--rounds" not in argument or "--rounds" not in command else ""
            problems += shell(shorter(command + more))
    return problems + peer(work)


def main():
    mode = sys.argv[1] if len(sys.argv) == 2 else ""
    if mode == "list":
        for page, command, kind, argument in planned():
            print(f"{kind:12} {page}: {command}{f' ({argument})' if kind in ('elsewhere', 'not here') else ''}")
        return 0
    if mode not in ("demo", "measurements"):
        sys.exit(__doc__)
    planned()
    with tempfile.TemporaryDirectory() as work:
        problems = demo(work) if mode == "demo" else measurements(work)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
