# The fleet: what takes longer than a unit test, or needs a real server.
# shellcheck shell=bash

fleet_tests() { dotnet test -c Release --no-build tests/EdgeProxy.Host.Tests --filter "$1"; }

# More seeds on demand: FLEET_SEEDS=1-1000000 .ci/run "virtual time".
fleet_simulation() {
  FLEET_SEEDS="${FLEET_SEEDS:-1-50}" fleet_tests "FullyQualifiedName~FleetSimulation"
}

# The tests that otherwise run on a Garnet server within their process.
fleet_on_redis() {
  local directory server status
  directory="$(mktemp -d)"
  redis-server --bind 127.0.0.1 --port 18290 --save "" --appendonly no --dir "$directory" > "$directory/log" &
  server=$!
  FLEET_REDIS=redis://127.0.0.1:18290 fleet_tests "FullyQualifiedName~RedisFleetStore|FullyQualifiedName~Fleet.FleetTests"
  status=$?
  kill "$server"
  wait "$server" 2> /dev/null
  rm -rf "$directory"
  return "$status"
}
