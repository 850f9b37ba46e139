# shellcheck shell=bash
# The real messengers that the browser tests write in: packages of npm, and Debian's servers for IRC and XMPP.

need_messengers() {
  need_messenger_packages
  need_messenger_servers
}

need_messenger_packages() {
  need_node
  local mark folder=$CARGO_TARGET_DIR/real/messengers
  mark=$(fingerprint tests/real/messengers/package-lock.json tests/real/messengers/.npmrc)
  is_done messengers "$mark" "$folder/node_modules/.package-lock.json" && return
  say "Installing the messengers of tests/real/messengers/package-lock.json"
  mkdir -p "$folder"
  cp tests/real/messengers/{package.json,package-lock.json,.npmrc} "$folder/"
  (cd "$folder" && npm ci --omit=optional --loglevel=error) || stop "npm could not install the messengers: see its message above."
  mark_done messengers "$mark"
}

# ngircd and Prosody, unpacked and not installed: Debian's packages would start servers.
need_messenger_servers() {
  local folder=$CARGO_TARGET_DIR/engines/messengers
  if has_messenger_servers; then return; fi
  if has apt-get && has dpkg; then
    say "Fetching ngircd and Prosody from Debian"
    fetch_from_debian "$folder" ngircd libident prosody lua5.4 lua-expat lua-filesystem lua-sec lua-socket
    mkdir -p "$folder/bin"
    write_server "$folder" ngircd "$folder/usr/sbin/ngircd"
    write_server "$folder" prosody "$folder/usr/bin/lua5.4" "$folder/usr/bin/prosody-here"
    # It looks for its parts where it would be installed.
    sed "s#'/usr/lib/prosody#'$folder/usr/lib/prosody#" "$folder/usr/bin/prosody" >"$folder/usr/bin/prosody-here"
  fi
  has_messenger_servers || stop "ngircd and Prosody are missing, and could not be had from Debian."
}

# Writes a command into a folder that finds the libraries beside it.
write_server() {
  local folder=$1 name=$2 libraries
  shift 2
  libraries=$(dirname "$folder"/usr/lib/*/lua)
  cat >"$folder/bin/$name" <<TEXT
#!/bin/sh
export LD_LIBRARY_PATH=$(printf %q "$libraries")
export LUA_PATH=$(printf %q "$folder/usr/share/lua/5.4/?.lua;$folder/usr/share/lua/5.4/?/init.lua;;") LUA_CPATH=$(printf %q "$libraries/lua/5.4/?.so;;")
exec$(printf ' %q' "$@") "\$@"
TEXT
  chmod +x "$folder/bin/$name"
}

has_messenger_servers() {
  local bin=$CARGO_TARGET_DIR/engines/messengers/bin
  [[ -x $bin/ngircd && -x $bin/prosody ]] && "$bin/ngircd" --version >/dev/null 2>&1 && [[ -e $bin/../usr/lib/prosody ]]
}
