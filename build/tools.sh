# shellcheck shell=bash
# Finds or sets up each tool that a step needs. What cannot be had stops with one sentence that says what to install.

need_rust() {
  { has cargo && has rustc; } || stop "Rust is missing: install it with rustup (https://rustup.rs), then run this again."
}

need_rust_component() {
  cargo "$1" --version >/dev/null 2>&1 || stop "'cargo $1' is missing: run 'rustup component add $2', then run this again."
}

need_node() {
  { has node && has npm; } || stop "Node.js is missing: install version 20 or newer with npm, then run this again."
  node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' ||
    stop "Node.js $(node --version) is too old: install version 20 or newer, then run this again."
}

need_npm_packages() {
  need_node
  local mark
  mark=$(fingerprint package-lock.json .npmrc)
  is_done npm "$mark" node_modules/.package-lock.json && return
  say "Installing the npm packages of package-lock.json"
  npm ci --loglevel=error || stop "npm could not install the packages of package-lock.json: see its message above."
  mark_done npm "$mark"
}

# Sets $wasm_route to how this machine compiles for wasm: 'target' (the toolchain has it) or 'debian'.
need_wasm_target() {
  need_rust
  wasm_route=target
  if has_wasm_target; then return; fi
  if has rustup; then
    say "Adding the wasm target to the Rust toolchain"
    if within 300 rustup target add wasm32-unknown-unknown && has_wasm_target; then return; fi
  fi
  wasm_route=debian
  if has_debian_wasm; then return; fi
  if is_root && has apt-get; then
    say "Installing Debian's Rust for the web, as the toolchain has no wasm target"
    apt_install rustc-web cargo-web rust-web-src lld-22 && has_debian_wasm && return
  fi
  stop "Rust's wasm target is missing: run 'rustup target add wasm32-unknown-unknown', then run this again."
}

has_wasm_target() { [[ -d $(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown ]]; }

has_debian_wasm() {
  [[ -x /usr/bin/cargo && -x /usr/bin/rustc && -d $(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library ]] && has wasm-ld-22
}

# What a run compiles for this machine, all at once: for another choice of packages cargo would compile shared crates anew.
compiled_here=(--package xtask)

# Sets $xtask to the command with the steps that are written in Rust.
need_xtask() {
  need_rust
  say "Compiling what runs on this machine"
  cargo build --quiet "${compiled_here[@]}"
  xtask=$CARGO_TARGET_DIR/debug/xtask
}

# Exports CHROME. Google Chrome is not looked for: it no longer loads an extension from the command line.
need_chromium() {
  local candidate
  if [[ -n ${CHROME:-} ]]; then
    has "$CHROME" || stop "CHROME is '$CHROME', which cannot be run: set it to a Chromium, or unset it."
    export CHROME
    return
  fi
  for candidate in chromium chromium-browser; do
    if has "$candidate"; then break; fi
  done
  if ! has "$candidate" && is_root && has apt-get; then
    candidate=chromium
    say "Installing Chromium"
    apt_install chromium || true
  fi
  has "$candidate" || stop "Chromium is missing: install it, or set CHROME to where it is, then run this again."
  CHROME=$(command -v "$candidate")
  export CHROME
}

# Chromium's own words in other languages, without which it speaks English whatever it is asked for.
need_chromium_languages() {
  has_chromium_languages && return
  if is_root && has apt-get; then
    say "Installing Chromium's languages"
    apt_install chromium-l10n || true
  fi
  has_chromium_languages || stop "Chromium speaks English only: install its languages (Debian's package is chromium-l10n), then run this again."
}

has_chromium_languages() {
  [[ -e /usr/lib/chromium/locales/ar.pak || -e $(dirname "$(readlink -f "$(command -v "$CHROME")")")/locales/ar.pak ]]
}

need_shellcheck() {
  has shellcheck && return
  if is_root && has apt-get; then
    say "Installing ShellCheck"
    apt_install shellcheck || true
  fi
  has shellcheck || stop "ShellCheck is missing: install it (https://www.shellcheck.net), then run this again."
}

need_curl() {
  has curl && return
  if is_root && has apt-get; then
    say "Installing curl"
    apt_install curl || true
  fi
  has curl || stop "curl is missing: install it, then run this again."
}

need_python() {
  has_python && return
  if is_root && has apt-get; then
    say "Installing Python with venv"
    apt_install python3 python3-venv || true
  fi
  has_python || stop "Python with venv is missing: install python3 and python3-venv, then run this again."
}

has_python() { has python3 && python3 -c 'import ensurepip, venv' 2>/dev/null; }

is_root() { [[ $(id -u) -eq 0 ]]; }

# Prometheus and Alertmanager with their tools. Unpacked, not installed: Debian's packages would start servers.
need_prometheus() {
  local engines=$CARGO_TARGET_DIR/engines shared=/usr/share/prometheus
  PATH=$PATH:$engines/usr/bin
  if has_prometheus; then return; fi
  if has apt-get && has dpkg; then
    say "Fetching Prometheus and Alertmanager from Debian"
    fetch_from_debian "$engines" prometheus prometheus-alertmanager
    # Debian's Alertmanager reads its templates from there and from nowhere else.
    [[ -e $shared ]] || ! is_root || ln -sfn "$engines$shared" "$shared"
  fi
  has_prometheus || stop "Prometheus and Alertmanager are missing: install both with promtool and amtool, then run this again."
}

has_prometheus() {
  has promtool && has amtool && has prometheus && has prometheus-alertmanager && [[ -e /usr/share/prometheus/alertmanager/default.tmpl ]]
}

# nginx and rsyslog, which write logs as they do everywhere. Unpacked, not installed, as they would start, too.
need_log_writers() {
  local engines=$CARGO_TARGET_DIR/engines libraries
  PATH=$PATH:$engines/bin:$engines/usr/sbin
  if has_log_writers; then return; fi
  if has apt-get && has dpkg; then
    say "Fetching nginx and rsyslog from Debian"
    fetch_from_debian "$engines" nginx rsyslog libestr0 libfastjson4 liblognorm5
    libraries=$(dirname "$engines"/usr/lib/*/rsyslog)
    mkdir -p "$engines/bin"
    printf '#!/bin/sh\nLD_LIBRARY_PATH=%q exec %q -M %q "$@"\n' "$libraries" "$engines/usr/sbin/rsyslogd" "$libraries/rsyslog" >"$engines/bin/rsyslogd"
    chmod +x "$engines/bin/rsyslogd"
    hash -r
  fi
  has_log_writers || stop "nginx and rsyslog are missing: install both, then run this again."
}

has_log_writers() { has nginx && has rsyslogd && nginx -v 2>/dev/null && rsyslogd -v >/dev/null 2>&1; }

# Servers and proxies that stand before a service, with what they need. Unpacked, not installed, as they would start, too.
need_web_servers() {
  local -a packages
  export UNSTUCK_SERVERS=$CARGO_TARGET_DIR/engines/web
  if has_web_servers; then return; fi
  if has apt-get && has dpkg; then
    say "Fetching nginx, HAProxy, Apache, lighttpd, Caddy, Varnish and Squid from Debian"
    apt-cache show haproxy >/dev/null 2>&1 || within 300 apt-get -qq update
    mapfile -t packages < <(apt-get -s install --no-install-recommends nginx haproxy apache2-bin libapache2-mod-security2 modsecurity-crs lighttpd lighttpd-mod-openssl caddy varnish squid | awk '/^Inst [^ ]+ \(/ { print $2 }')
    fetch_from_debian "$UNSTUCK_SERVERS" "${packages[@]}"
  fi
  has_web_servers || stop "nginx, HAProxy, Apache with mod_security and its core rule set, lighttpd with mod_openssl, Caddy, Varnish, Squid, openssl or gcc is missing: install them, then run this again."
}

has_web_servers() {
  local file
  for file in usr/sbin/{nginx,haproxy,apache2,lighttpd,varnishd,squid} usr/bin/caddy usr/lib/apache2/modules/mod_security2.so usr/share/modsecurity-crs/rules usr/lib/lighttpd/mod_openssl.so; do
    [[ -e $UNSTUCK_SERVERS/$file || -e /$file ]] || return 1
  done
  # Varnish compiles its rules.
  has openssl && has gcc
}

# llama.cpp's server, which Debian has since forky. It is unpacked with the libraries that it was made for, and started by its own loader.
need_llama_server() {
  export UNSTUCK_LLAMA=$CARGO_TARGET_DIR/engines/llama
  if has_llama_server; then return; fi
  if has apt-get && has dpkg; then
    say "Fetching llama.cpp's server from Debian"
    rm -rf "$UNSTUCK_LLAMA"
    mkdir -p "$UNSTUCK_LLAMA"
    (cd "$UNSTUCK_LLAMA" && fetch_from_suite forky llama.cpp-tools libllama0 libggml0 libgomp1 libssl3t64 libstdc++6 libgcc-s1 libc6) || true
  fi
  has_llama_server || stop "llama.cpp's server is missing: install it as llama-server, then run this again."
}

has_llama_server() { [[ -x $UNSTUCK_LLAMA/usr/bin/llama-server ]] || has llama-server; }

# Unpacks packages into a folder.
fetch_from_debian() {
  local folder=$1 package
  shift
  mkdir -p "$folder"
  (
    cd "$folder" && rm -f ./*.deb
    within 300 apt-get -qq download "$@" 2>/dev/null || { within 300 apt-get -qq update && within 300 apt-get -qq download "$@"; }
    for package in ./*.deb; do dpkg -x "$package" .; done
    rm -f ./*.deb
  ) || true
  hash -r
}

# VictoriaMetrics, which takes OpenTelemetry's numbers. Debian has one that takes deltas since forky; an older suite's drops them.
need_victoria_metrics() {
  local folder=$CARGO_TARGET_DIR/engines/victoria-metrics
  PATH=$folder/usr/bin:$PATH
  if has_victoria_metrics; then return; fi
  if has apt-get && has dpkg; then
    say "Fetching VictoriaMetrics from Debian"
    rm -rf "$folder"
    mkdir -p "$folder"
    (cd "$folder" && fetch_from_suite forky victoria-metrics) || true
    hash -r
  fi
  has_victoria_metrics || stop "VictoriaMetrics is missing or too old: install version 1.145 or newer as victoria-metrics, then run this again."
}

# One that drops deltas does not know this flag.
has_victoria_metrics() { has victoria-metrics && [[ $(victoria-metrics -help 2>&1) == *-opentelemetry.promoteScopeMetadata* ]]; }

# Unpacks packages of another suite here, and leaves the system's own sources and packages as they are.
fetch_from_suite() {
  local suite=$1 package mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  local -a apt=(apt-get -qq -o "Dir::Etc::sourcelist=$PWD/sources.list" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::lists=$PWD/lists" -o "Dir::Cache=$PWD/cache" -o APT::Sandbox::User=root)
  shift
  mirror=$(debian_mirror)
  if [[ -z $mirror ]]; then
    within 300 apt-get -qq update
    mirror=$(debian_mirror)
  fi
  [[ -n $mirror ]] || return 1
  mkdir -p lists/partial cache/archives/partial
  printf 'deb [signed-by=%s lang=none target=Packages] %s %s main\n' "$keyring" "$mirror" "$suite" >sources.list
  within 300 "${apt[@]}" update && within 300 "${apt[@]}" download "$@" || return 1
  for package in ./*.deb; do dpkg -x "$package" . || return 1; done
  rm -rf lists cache sources.list ./*.deb
}

# Where this machine's apt has its packages of Debian from.
debian_mirror() {
  apt-get indextargets --format "\$(ORIGIN)/\$(LABEL) \$(REPO_URI)" 'Created-By: Packages' | awk '$1 == "Debian/Debian" { print $2; exit }'
}

apt_install() {
  within 300 apt-get -qq update && DEBIAN_FRONTEND=noninteractive within 900 apt-get -qq install -y --no-install-recommends "$@"
}
