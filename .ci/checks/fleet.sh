# The fleet: what takes longer than a unit test, or needs a real server.
# shellcheck shell=bash

fleet_tests() { dotnet test -c Release --no-build tests/EdgeProxy.Host.Tests --filter "$1"; }

# About 50 ms a seed. More seeds on demand: FLEET_SEEDS=1-1000000 .ci/run "virtual time".
fleet_simulation() {
  FLEET_SEEDS="${FLEET_SEEDS:-1-50}" fleet_tests "FullyQualifiedName~FleetSimulation"
}

# The tests that otherwise run on a Garnet server within their process, and those that start servers of their own.
fleet_on_redis() {
  local directory server status
  directory="$(mktemp -d)"
  redis-server --bind 127.0.0.1 --port 18290 --save "" --appendonly no --dir "$directory" > "$directory/log" &
  server=$!
  FLEET_REDIS=redis://127.0.0.1:18290 fleet_tests "FullyQualifiedName~RedisFleetStore|FullyQualifiedName~Fleet.FleetTests|FullyQualifiedName~Fleet.FleetDocument|FullyQualifiedName~Fleet.FleetFailover|FullyQualifiedName~Fleet.FleetStoreFailure|FullyQualifiedName~Fleet.FleetCutOff|FullyQualifiedName~Fleet.FleetKill|FullyQualifiedName~TraitMemory|FullyQualifiedName~SharedProxyConfig"
  status=$?
  kill "$server"
  wait "$server" 2> /dev/null
  rm -rf "$directory"
  return "$status"
}

# What the store decides, and a change at three members, on a cluster of three.
fleet_on_cluster() {
  local directory servers=() port status
  directory="$(mktemp -d)"
  for port in 18291 18292 18293; do
    mkdir "$directory/$port"
    redis-server --bind 127.0.0.1 --port "$port" --cluster-port "$((port + 3))" --cluster-enabled yes --cluster-node-timeout 2000 \
      --save "" --appendonly no --dir "$directory/$port" > "$directory/$port/log" &
    servers+=("$!")
  done
  fleet_cluster_is_up 18291 18292 18293 &&
    FLEET_REDIS=redis://127.0.0.1:18291,127.0.0.1:18292,127.0.0.1:18293 fleet_tests "FullyQualifiedName~RedisFleetStore|FullyQualifiedName~Fleet.FleetTests.Change"
  status=$?
  kill "${servers[@]}"
  wait "${servers[@]}" 2> /dev/null
  rm -rf "$directory"
  return "$status"
}

# fleet_cluster_is_up PORT...: makes one cluster of servers, and waits until all agree on it.
fleet_cluster_is_up() {
  local port
  for port in "$@"; do
    for _ in $(seq 100); do
      redis-cli -p "$port" ping > /dev/null 2>&1 && break
      sleep 0.1
    done
  done
  # shellcheck disable=SC2046 # one address a word
  redis-cli --cluster create $(printf '127.0.0.1:%s ' "$@") --cluster-yes > /dev/null || return 1
  for port in "$@"; do
    for _ in $(seq 100); do
      redis-cli -p "$port" cluster info | grep -q cluster_state:ok && break
      sleep 0.1
    done
  done
}
