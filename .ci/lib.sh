# The frame of .ci/run: checks that are timed and counted, and the programs that they need.
# shellcheck shell=bash disable=SC2154 # results, tools and only are .ci/run's

# package_of PROGRAM: the Debian package that has it; nothing where Debian has none.
package_of() {
  case "$1" in
    wrk | haproxy | chromium | python3 | curl | redis-server | openssl) echo "$1" ;;
    h2load) echo nghttp2-client ;;
    ss) echo iproute2 ;;
    pgrep) echo procps ;;
    promtool) echo prometheus ;;
  esac
}

# has NEED: whether a program, a second core, Node 20, a browser or a registry with vulnerability data is there.
has() {
  case "$1" in
    cores) [ "$(nproc)" -ge 2 ] ;;
    node20) command -v npm > /dev/null && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2> /dev/null ;;
    vulnerability_data) has curl && has_vulnerability_data ;;
    chromium) [ -n "${CHROMIUM:-}" ] || has chromium-browser || has google-chrome || command -v chromium > /dev/null ;;
    *) command -v "$1" > /dev/null ;;
  esac
}

# install_missing PROGRAM...: from Debian, as root; what cannot be installed is skipped over later, and said.
install_missing() {
  local program package missing=()
  for program in "$@"; do
    has "$program" && continue
    package="$(package_of "$program")"
    [ -n "$package" ] && missing+=("$package")
  done
  [ "${#missing[@]}" = 0 ] && return
  if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    echo "not installed, because root or apt is missing: ${missing[*]}"
    return
  fi
  echo "== installing ${missing[*]}"
  # One by one: where one cannot be had, the others can. Services that come along are not started.
  (
    export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
    apt-get update -qq
    for package in "${missing[@]}"; do
      apt-get install -y -qq --no-install-recommends "$package" || echo "not installed: $package" >&3
    done
  ) 3>&1 > "$results/install.log" 2>&1
}

# check NAME NEEDS COMMAND...: runs a check unless something that it needs is missing, and writes down how it ended.
check() {
  local name="$1" need missing=() began=$SECONDS outcome=passed
  [[ "$name" == *"$only"* ]] || return 0
  for need in $2; do
    has "$need" && continue
    case "$need" in
      cores) missing+=("fewer than 2 cores") ;;
      node20) missing+=("no Node 20 with npm") ;;
      vulnerability_data) missing+=("the package registry has no vulnerability data") ;;
      *) missing+=("no $need") ;;
    esac
  done
  shift 2
  if [ "${#missing[@]}" != 0 ]; then
    local reason
    reason="$(printf ', %s' "${missing[@]}")"
    record skipped 0 "$name" "${reason:2}"
    echo "== skipped: $name (${reason:2})"
    return
  fi
  echo "== $name"
  "$@" || { outcome=failed; echo "FAILED: $name"; }
  record "$outcome" $((SECONDS - began)) "$name" ""
}

record() { printf '%s\t%s\t%s\t%s\n' "$@" >> "$results/checks.tsv"; }

# summarize: the table of checks, what was skipped, and "N passed, N failed, N skipped"; its status is the run's.
summarize() {
  if [ -f "$tools" ] && [ -z "$only" ]; then
    # shellcheck disable=SC2046 # an option or none
    dotnet "$tools" results "$results" $([ "${CI_STRICT:-}" = 1 ] && echo --strict)
    return
  fi
  # Without a build there are no tools and no tests; a single check is judged by itself.
  cat "$results/checks.tsv"
  echo "$(grep -c '^passed' "$results/checks.tsv") passed, $(grep -c '^failed' "$results/checks.tsv") failed, $(grep -c '^skipped' "$results/checks.tsv") skipped"
  [ -n "$only" ] && grep -q '^passed' "$results/checks.tsv" && ! grep -q '^failed' "$results/checks.tsv"
}
