# Known vulnerabilities of NuGet packages, direct and transitive, as the registry knows them.
# shellcheck shell=bash disable=SC2154 # results is .ci/run's

# has_vulnerability_data: whether a source of packages publishes known vulnerabilities. Without, "none" would mean nothing.
has_vulnerability_data() {
  local source
  while read -r source; do
    curl --fail --silent --location --max-time 20 "$source" 2> /dev/null | grep -q '"VulnerabilityInfo/' && return 0
  done < <(dotnet nuget list source --format short | sed -n 's/^E \(https\{0,1\}:.*\)$/\1/p')
  return 1
}

known_vulnerabilities() {
  local report="$results/vulnerabilities.json"
  dotnet restore --locked-mode -v quiet || return 1
  dotnet list EdgeProxy.sln package --vulnerable --include-transitive --format json > "$report" || { cat "$report"; return 1; }
  no_vulnerabilities_in "$report"
}

# no_vulnerabilities_in REPORT: fails on findings, printed by package and advisory, on problems, and on a report of nothing.
no_vulnerabilities_in() {
  python3 - "$1" << 'PYTHON'
import json, sys

report = json.load(open(sys.argv[1]))
findings = {
    (package["id"], package["resolvedVersion"], advisory["severity"], advisory["advisoryurl"])
    for project in report["projects"]
    for framework in project.get("frameworks", [])
    for kind in ("topLevelPackages", "transitivePackages")
    for package in framework.get(kind, [])
    for advisory in package.get("vulnerabilities", [])
}
for finding in sorted(findings):
    print(*finding)
problems = [problem["text"] for problem in report.get("problems", [])]
for problem in problems:
    print(problem)
print(f"{len(report['projects'])} projects, {len(findings)} known vulnerabilities")
sys.exit(bool(findings or problems or not report["projects"]))
PYTHON
}
