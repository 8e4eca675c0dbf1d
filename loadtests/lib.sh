# What the load tests written in shell share; sourced in the repository's root.
# shellcheck shell=bash disable=SC2034,SC2154 # proxy and tools are tools/proxy.sh's; the scripts read failed

. tools/proxy.sh

# begin TOOL...: stops where a tool or the build is missing; makes a folder for the run ($work), and cleans up at its end.
begin() {
  local tool built
  for tool in "$@" curl; do
    command -v "$tool" > /dev/null || { echo "needs $tool"; exit 2; }
  done
  for built in "$proxy" "$tools"; do
    [ -f "$built" ] || { echo "build first: dotnet build -c Release"; exit 2; }
  done
  work="$(mktemp -d)"
  failed=0
  trap end EXIT
}

end() {
  # shellcheck disable=SC2046 # one number a word
  kill $(jobs -p) 2> /dev/null
  wait 2> /dev/null
  rm -rf "$work"
}

# start_proxy PORT ARGUMENT...: starts a proxy that logs warnings only, to $work/PORT.log, and waits until it is ready; $pid is its process.
start_proxy() {
  local port="$1"
  shift
  LOGGING_LOG_LEVEL=WARNING SERVER_SHUTDOWN_DELAY_SECONDS="${delay:-0}" \
    dotnet "$proxy" --host 127.0.0.1 --port "$port" "$@" > "$work/$port.log" 2>&1 &
  pid=$!
  until_ok "http://127.0.0.1:$port/proxy/health/readiness" || { cat "$work"/*.log; exit 1; }
}

# start_upstream PORT ARGUMENT...: starts the stand-in for the API, and waits for it; $work/config.json leads there.
start_upstream() {
  local port="$1"
  shift
  dotnet "$tools" upstream --port "$port" --config "$work/config.json" "$@" > "$work/upstream.log" 2>&1 &
  until_ok "http://127.0.0.1:$port/control" || { cat "$work/upstream.log"; exit 1; }
}

# fail TEXT: notes a failure and goes on.
fail() { echo "$1"; failed=1; }

# requests_of LOG: how many requests wrk sent, by its log.
requests_of() { grep -oE '[0-9]+ requests in' "$1" | grep -oE '^[0-9]+' || echo 0; }

# is_clean LOG: whether wrk saw no failure: each answer a 2xx, no connection reset.
is_clean() { ! grep -qE 'Non-2xx|Socket errors|wrong' "$1"; }

# check_held BEFORE AFTER PERCENT HANDLES THREADS: fails where memory grew by more percent, or handles or threads by more; both
# texts are what collect-garbage prints: KB resident, handles, threads.
check_held() {
  local rss handles threads rss_after handles_after threads_after _
  read -r rss handles threads _ <<< "$1"
  read -r rss_after handles_after threads_after _ <<< "$2"
  echo "before: $rss KB resident, $handles handles, $threads threads"
  echo "after:  $rss_after KB resident, $handles_after handles, $threads_after threads"
  [ $((rss_after * 100)) -le $((rss * (100 + $3))) ] || fail "memory grew by more than $3 percent"
  [ "$handles_after" -le $((handles + $4)) ] || fail "handles were left open"
  [ "$threads_after" -le $((threads + $5)) ] || fail "threads were left running"
}
