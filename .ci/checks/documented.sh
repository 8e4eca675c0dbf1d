# Every command and configuration of README.md and docs/, as it stands there; .ci/documented.py has a rule for each.
# shellcheck shell=bash

documented_commands() { .ci/documented.py demo; }

documented_measurements() { .ci/documented.py measurements; }
