# The snippets of README.md and docs/quick-start.md for SDKs that can be had here, as they stand there, against the demo.
# shellcheck shell=bash disable=SC2154 # results, proxy and tools are .ci/run's

# snippets_of PAGE KIND: the blocks behind "<!-- snippet: KIND -->", each in a file of its own; prints the files.
snippets_of() {
  awk -v kind="$2" -v prefix="$results/snippets/$(basename "$1" .md)-$2-" -v ending="$3" '
    $0 == "<!-- snippet: " kind " -->" { wanted = 1; next }
    wanted && /^```/ { if (inside) { inside = 0; wanted = 0; close(file) } else { inside = 1; count = count + 1; file = prefix count ending; print file }; next }
    inside { print > file }' "$1"
}

# ran FILE COMMAND...: the program prints the value that its last comment names, or a flag.
ran() {
  local file="$1" printed expected
  shift
  printed="$("$@" "$file" 2> "$results/snippets/error.log" | tail -1)"
  expected="$(sed -n 's/.*\(\/\/\|#\) \([a-z]*\)$/\2/p' "$file" | tail -1)"
  echo "$(basename "$file"): $printed"
  case "$printed" in
    "${expected:-true}" | True | False | true | false) [ -z "$expected" ] || [ "$printed" = "$expected" ] ;;
    *) tail -c 600 "$results/snippets/error.log"; return 1 ;;
  esac
}

snippets() {
  local pid page file packages status=0 count=0 python=""
  mkdir -p "$results/snippets"
  for packages in tests/sdks tests/ofrep; do
    [ -f "$packages/node_modules/.package-lock.json" ] || (cd "$packages" && npm ci --ignore-scripts --no-audit --no-fund) || return 1
  done
  ln -sfn "$PWD/tests/sdks/node_modules" "$results/snippets/node_modules"
  if python3 -m venv "$results/python" && "$results/python/bin/pip" install --quiet flagsmith==6.3.0; then
    python="$results/python/bin/python"
  else
    echo "the SDK for Python cannot be installed: its snippets are only compiled"
  fi
  dotnet "$proxy" --demo --host 127.0.0.1 --port 8000 > "$results/snippets/demo.log" 2>&1 &
  pid=$!
  until_ok http://localhost:8000/health || status=1
  for page in README.md docs/quick-start.md; do
    for file in $(snippets_of "$page" javascript .mjs); do
      count=$((count + 1))
      ran "$file" node || status=1
    done
    # For browsers: in Node, with the one thing of a browser that the SDK needs; tests/sdks has it in a browser.
    for file in $(snippets_of "$page" module .mjs); do
      count=$((count + 1))
      ran "$file" node --import "$PWD/.ci/xhr.mjs" || status=1
    done
    # Components are compiled, with all that they import.
    for file in $(snippets_of "$page" jsx .jsx); do
      count=$((count + 1))
      tests/ofrep/node_modules/.bin/esbuild "$file" --bundle --format=esm --log-level=warning --outfile="$file.js" || status=1
    done
    for file in $(snippets_of "$page" python .py); do
      count=$((count + 1))
      if [ -n "$python" ]; then ran "$file" "$python" || status=1; else python3 -m py_compile "$file" || status=1; fi
    done
  done
  stop "$pid"
  [ "$status" = 0 ] && [ "$count" -ge 6 ]
}
