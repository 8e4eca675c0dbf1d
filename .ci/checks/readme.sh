# The README's commands, as they stand there. They build first, so they have two minutes.
# shellcheck shell=bash disable=SC2154 # results, proxy and tools are .ci/run's

# The first command, and then the curl lines.
readme_demo() {
  local command pid status
  command="$(grep -m1 '^dotnet run .*--demo$' README.md)" || return 1
  $command > "$results/demo.log" 2>&1 &
  pid=$!
  until_ok http://localhost:8000/health 1200 || { cat "$results/demo.log"; stop "$pid"; return 1; }
  sed -n '/<!-- try:/,/^```$/p' README.md | grep '^curl ' > "$results/try.sh"
  [ "$(wc -l < "$results/try.sh")" -ge 2 ] && bash -e "$results/try.sh" 2> /dev/null > "$results/try.out"
  status=$?
  stop "$pid"
  # What the page says they print is in the answers.
  sed -n '/<!-- printed:/,/^```$/p' README.md | grep '^{' > "$results/printed.txt"
  [ "$(wc -l < "$results/printed.txt")" = 2 ] || return 1
  while read -r line; do grep -qF "$line" "$results/try.out" || { echo "not printed: $line"; return 1; }; done < "$results/printed.txt"
  # The first answer is without the segment's value, the last with it.
  [ "$status" = 0 ] && grep -q '"insights"}[^]]*\]}$' "$results/try.out" && head -c 300 "$results/try.out" | grep -q '"classic"'
}

# The command for a configuration, with one in the folder where it is typed.
readme_configuration() {
  local command upstream pid status
  command="$(grep -m1 '^dotnet run -c Release --project src/EdgeProxy.Host$' README.md)" || return 1
  [ -e config.json ] && { echo "there is a config.json already"; return 1; }
  dotnet "$tools" upstream examples/demo-environment.json --port 9182 --config config.json --proxy-port 8182 > "$results/upstream.log" 2>&1 &
  upstream=$!
  until_ok http://127.0.0.1:9182/control || { stop "$upstream"; return 1; }
  $command > "$results/configuration.log" 2>&1 &
  pid=$!
  # Then the commands that the page names: what they check is right here.
  until_ok http://127.0.0.1:8182/health 1200 && curl -fsS -o "$results/metrics.txt" http://127.0.0.1:8182/metrics && grep -q '^edgeproxy_ready 1' "$results/metrics.txt" \
    && grep -q '`edge-proxy check-config --online`' README.md && dotnet "$proxy" check-config --online > /dev/null \
    && grep -q '`edge-proxy health`' README.md && dotnet "$proxy" health
  status=$?
  [ "$status" = 0 ] || cat "$results/configuration.log"
  stop "$pid" "$upstream"
  rm -f config.json
  return "$status"
}
