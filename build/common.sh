# shellcheck shell=bash
# How every step speaks, stops, and skips work that is already done.

say() { printf '· %s\n' "$*"; }

stop() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# Runs a command for at most so many seconds, where the system can bound it.
within() {
  local seconds=$1
  shift
  if has timeout; then timeout "$seconds" "$@"; else "$@"; fi
}

# One hash over words and over the content of files; what names a path is read, the rest is taken as it is.
fingerprint() {
  local input
  for input in "$@"; do
    printf '%s\n' "$input"
    [[ ! -e $input ]] || find "$input" -type f -print0 | LC_ALL=C sort -z | xargs -0 -r cat | sha256
    [[ ! -d $input ]] || find "$input" -type f | LC_ALL=C sort
  done | sha256
}

sha256() { if has sha256sum; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1; }

# Is the step NAME done for this fingerprint, with its OUTPUT still there?
is_done() {
  local name=$1 mark=$2 output=$3
  [[ -e $output && -f target/stamps/$name && $(<"target/stamps/$name") == "$mark" ]]
}

mark_done() {
  mkdir -p target/stamps
  printf '%s\n' "$2" >"target/stamps/$1"
}

crate_version() { awk -F '"' '/^version = / { print $2; exit }' Cargo.toml; }
