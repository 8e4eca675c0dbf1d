# Tests and formatting; whether measurements and the fuzzer run, and allocations are those of the table; not how fast anything is.
# shellcheck shell=bash disable=SC2154 # results, proxy and tools are .ci/run's

tests() { dotnet test -c Release --no-build --logger trx --results-directory "$results/tests"; }

# The build has verified style and analyzers already, and verifying them again takes longer than everything else here: it is
# left to the workflows.
formatting() {
  if [ "${CI_STRICT:-}" = 1 ]; then
    dotnet format EdgeProxy.sln --verify-no-changes --no-restore
  else
    dotnet format whitespace EdgeProxy.sln --verify-no-changes --no-restore
  fi
}

allocations() { dotnet run -c Release --no-build --project benchmarks/EdgeProxy.Benchmarks -- allocations; }

# Once each, in one process.
benchmarks() {
  dotnet run -c Release --no-build --project benchmarks/EdgeProxy.Benchmarks -- \
    --filter '*' --job dry --inProcess --artifacts "$results/benchmarks" > "$results/benchmarks.log" 2>&1 || { tail -50 "$results/benchmarks.log"; return 1; }
}

# The scenarios with the plain identities, a second each; every one of them gives a row for wrk and one for h2load.
comparison() {
  dotnet run -c Release --no-build --project benchmarks/EdgeProxy.Comparison -- \
    mix --only "identities/ plain" --rounds 1 --seconds 1 --warm-up 1 > "$results/comparison.log" 2>&1
  local status=$? wrk h2load
  cat "$results/comparison.log"
  wrk="$(grep -c '^| POST /identities/ plain.* | wrk |' "$results/comparison.log")"
  h2load="$(grep -c '^| POST /identities/ plain.* | h2load |' "$results/comparison.log")"
  [ "$status" = 0 ] && [ "$wrk" -ge 2 ] && [ "$h2load" = "$wrk" ]
}

# The same cases every time, as many as there is time for.
fuzzing() { dotnet run -c Release --no-build --project tests/EdgeProxy.Fuzzing -- "$@" --seed 1; }

console() { JUNIT_REPORT="$results/console.junit.xml" tests/console/run; }

sdks() { JUNIT_REPORT="$results/sdks.junit.xml" tests/sdks/run; }
openfeature_providers() { JUNIT_REPORT="$results/openfeature.junit.xml" tests/ofrep/run; }
