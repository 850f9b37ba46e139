#!/usr/bin/env bash
# Holds the dashboard to Grafana's own types, and the messages in the given folder to Slack's. A copy that is broken has to fail.
set -euo pipefail
messages=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=${CARGO_TARGET_DIR:-target}/types
rm -rf "$work"
mkdir -p "$work"

cat >"$work/tsconfig.json" <<'JSON'
{"compilerOptions": {"strict": true, "noEmit": true, "skipLibCheck": true, "target": "esnext", "module": "preserve", "types": []}, "include": ["*.ts"]}
JSON

# JSON has texts where the types have the members of an enum.
cat >"$work/written.ts" <<'TYPESCRIPT'
export type Written<T> = 0 extends 1 & T ? T : T extends string ? `${T}` : T extends object ? { [K in keyof T]: Written<T[K]> } : T;
TYPESCRIPT

dashboard() {
  printf 'import type { Dashboard } from "@grafana/schema";\nimport type { Written } from "./written";\nexport default %s satisfies Written<Dashboard>;\n' "$1" >"$work/dashboard.ts"
}

slack() {
  printf 'import type { KnownBlock } from "@slack/types";\nexport default %s satisfies { text: string, blocks: KnownBlock[] };\n' "$1" >"$work/slack-$2.ts"
}

check() { node_modules/.bin/tsc --project "$work"; }

breaks() {
  if check >/dev/null; then
    echo "This had to fail: $1" >&2
    exit 1
  fi
}

good=$(<docs/monitoring/grafana.json)
dashboard "$good"
check
for change in 's/"absolute"/"absolutely"/' 's/"h": 8/"h": "8"/' 's/"schemaVersion"/"schemaversion"/' 's/"steps"/"stages"/' 's/"targets": \[/"targets": 0, "x": [/'; do
  broken=$(sed "$change" docs/monitoring/grafana.json)
  [[ $broken != "$good" ]] || { echo "Nothing to change: $change" >&2; exit 1; }
  dashboard "$broken"
  breaks "$change"
done
dashboard "$good"

count=0
for message in "$messages"/*.json; do
  slack "$(<"$message")" "$((count += 1))"
done
check
for change in s/plain_text/plain/ s/header/heading/ 's/"fields"/"facts"/'; do
  slack "$(sed "$change" "$message")" broken
  breaks "$change"
done
echo "The dashboard and $count messages to Slack are as their types have them."
