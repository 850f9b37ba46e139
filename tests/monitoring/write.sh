#!/usr/bin/env bash
# Writes the files of docs/monitoring/ anew, from its unstuck.toml.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../docs/monitoring"
unstuck=${UNSTUCK:-../../target/debug/unstuck}
"$unstuck" export prometheus-rules >prometheus-rules.yml
"$unstuck" export alertmanager >alertmanager.yml
"$unstuck" export grafana >grafana.json
"$unstuck" export cloudformation >cloudformation.yaml
"$unstuck" export terraform >terraform.tf
