# For scripts that start the built program; sourced in the repository's root.
# shellcheck shell=bash disable=SC2034 # used by the scripts that source it

proxy="src/EdgeProxy.Host/bin/Release/net10.0/edge-proxy.dll"
tools="tools/EdgeProxy.Tools/bin/Release/net10.0/EdgeProxy.Tools.dll"

# until_ok URL [TENTHS]: waits until it answers 200, for so many tenths of a second; half a minute by default.
until_ok() {
  for _ in $(seq "${2:-300}"); do
    if curl -fs -o /dev/null "$1"; then return 0; fi
    sleep 0.1
  done
  echo "$1 does not answer"
  return 1
}

# stop PID...: ends processes and what they started, and waits for them.
stop() {
  local pid
  for pid in "$@"; do
    # shellcheck disable=SC2046 # one number a word
    kill "$pid" $(pgrep -P "$pid") 2> /dev/null
  done
  wait "$@" 2> /dev/null
}
