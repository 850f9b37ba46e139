# shellcheck shell=bash
# Puts together what is loaded or served: dist/unstuck/ and dist/www/.

assemble_extension() {
  local mark
  mark=$(fingerprint extension target/pkg target/pages www/site.css Cargo.toml package-lock.json build/assemble.sh build/manifest.mjs)
  is_done extension "$mark" dist/unstuck/manifest.json && return
  say "Assembling the extension in dist/unstuck"
  rm -rf dist/unstuck
  mkdir -p dist/unstuck
  cp -R extension/. dist/unstuck/
  rm dist/unstuck/icons/icon.svg
  # What every page of a messenger gets is as small as it can be; names between the files stay.
  node_modules/.bin/esbuild extension/content/*.js --minify --log-level=warning --outdir=dist/unstuck/content --allow-overwrite
  node_modules/.bin/esbuild extension/card/*.js extension/paint.js --minify --log-level=warning --outbase=extension --outdir=dist/unstuck --allow-overwrite
  node_modules/.bin/esbuild extension/watched/{apps,page}.js --minify --log-level=warning --outdir=dist/unstuck/watched --allow-overwrite
  # In the page's own world the address of the extension would stand in the stack of every error that passes the script.
  node_modules/.bin/esbuild extension/watched/hook.js --minify --log-level=warning --outdir=dist/unstuck/watched --allow-overwrite '--footer:js=//# sourceURL=fetch'
  # The error reference, to be read without a network.
  cp -R target/pages/extension/. www/site.css dist/unstuck/
  cp target/pkg/unstuck_bg.wasm target/pages/phrases.bin dist/unstuck/
  # One file starts the worker sooner than an import of a second one.
  cat extension/{background,frames,vault,watched/apps,watch,model,ladder,report,configure,assistant,erase}.js target/pkg/unstuck.js >dist/unstuck/background.js
  rm dist/unstuck/{frames,vault,watch,model,ladder,report,configure,assistant,erase}.js
  node build/manifest.mjs extension/manifest.json "$(crate_version)" dist/unstuck/manifest.json
  mark_done extension "$mark"
}

assemble_site() {
  local mark
  mark=$(fingerprint www extension target/pkg target/pages build/assemble.sh)
  is_done site "$mark" dist/www/unstuck.js && return
  say "Assembling the site in dist/www"
  rm -rf dist/www
  mkdir -p dist/www
  # The site shows the very words and the very look of the extension.
  cp -R www/. target/pages/site/. extension/_locales extension/icons extension/view.css extension/paint.js dist/www/
  cp target/pkg/unstuck_bg.wasm target/pkg/unstuck.js target/pages/phrases.bin dist/www/
  mark_done site "$mark"
}
