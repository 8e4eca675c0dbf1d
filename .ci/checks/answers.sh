# What the built program answers: recorded requests, documents of many kinds, metrics.
# shellcheck shell=bash disable=SC2154 # results, proxy and tools are .ci/run's

# golden [--strict]: every recorded request, polled from a stand-in for the API.
golden() {
  local recordings=tests/EdgeProxy.Conformance.Tests/Golden/Recordings config="$results/golden.json" upstream pid status
  dotnet "$tools" upstream "$recordings" --port 9180 --config "$config" --proxy-port 8180 > "$results/upstream.log" 2>&1 &
  upstream=$!
  until_ok http://127.0.0.1:9180/control || { stop "$upstream"; return 1; }
  CONFIG_PATH="$config" dotnet "$proxy" > "$results/golden.log" 2>&1 &
  pid=$!
  until_ok http://127.0.0.1:8180/health && dotnet "$tools" golden "$recordings" --url http://127.0.0.1:8180 "$@"
  status=$?
  stop "$pid" "$upstream"
  return "$status"
}

# Flags without the details that the recorded proxy did not send: the answers have its members and no others.
golden_without_details() { FLAGS_DETAILS=none golden --strict; }

# key_of FILE: the client-side key of a document.
key_of() { grep -oE '"api_key": ?"[^"]*"' "$1" | head -1 | cut -d'"' -f4; }

# served FILE: the document is served offline, without a problem found in it.
served() {
  local pid key status
  dotnet "$proxy" --host 127.0.0.1 --port 8181 --environment-document "$1" > "$results/served.log" 2>&1 &
  pid=$!
  key="$(key_of "$1")"
  until_ok http://127.0.0.1:8181/health \
    && curl -fsS -o /dev/null -H "X-Environment-Key: $key" http://127.0.0.1:8181/api/v1/flags/ \
    && curl -fsS -o /dev/null -H "X-Environment-Key: ser.$key" "http://127.0.0.1:8181/api/v1/identities/?identifier=somebody" \
    && curl -fsS -H "X-Environment-Key: ser.$key" http://127.0.0.1:8181/api/v1/environment-document/ | cmp - "$1" \
    && ! grep -E ' (warn|fail|crit): ' "$results/served.log"
  status=$?
  stop "$pid"
  [ "$status" = 0 ] || echo "not served rightly: $1"
  return "$status"
}

made_documents() {
  local arguments
  for arguments in "--preset small" "--preset plain" "--preset heavy" "--features 0 --segments 0" \
    "--features 200 --segments 100 --conditions 30" "--preset large" "--preset crowded"; do
    # shellcheck disable=SC2086 # several words
    dotnet "$tools" make-document made $arguments > "$results/made.json" && served "$results/made.json" || { echo "with: $arguments"; return 1; }
  done
}

documents_in() {
  local document
  for document in "$1"/*.json; do served "$document" || return 1; done
}

# The rules, every query of the dashboard as a rule, and what a running proxy exposes.
metrics_for_prometheus() {
  local pid status
  promtool check rules deploy/prometheus/alerts.yaml && promtool test rules deploy/prometheus/alerts.test.yaml || return 1
  # The configuration of the page, with the rules.
  { sed -n '/^```yaml$/,/^```$/p' docs/metrics.md | grep -v '^```'; echo "rule_files: [$PWD/deploy/prometheus/alerts.yaml]"; } > "$results/prometheus.yaml"
  grep -q scrape_configs "$results/prometheus.yaml" && promtool check config "$results/prometheus.yaml" || return 1
  sed -n 's/^ *"expr": \("[^$].*"\),$/\1/p' deploy/grafana/edge-proxy.json | sed 's/\$__rate_interval/1m/g' \
    | awk 'BEGIN { print "groups:\n  - name: dashboard\n    rules:" } { print "      - record: query:" NR "\n        expr: " $0 }' > "$results/dashboard.yaml"
  [ "$(grep -c expr: "$results/dashboard.yaml")" -gt 30 ] && promtool check rules "$results/dashboard.yaml" || return 1
  dotnet "$proxy" --demo --host 127.0.0.1 --port 8182 > "$results/metrics.log" 2>&1 &
  pid=$!
  until_ok http://127.0.0.1:8182/health && curl -fsS http://127.0.0.1:8182/metrics > "$results/metrics.txt" && promtool check metrics < "$results/metrics.txt"
  status=$?
  stop "$pid"
  return "$status"
}

# The dashboard as Grafana's schema has it; there is no Grafana to load it into.
dashboard_schema() { tests/grafana/run; }
