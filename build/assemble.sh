# shellcheck shell=bash
# Puts together what is loaded or served: dist/unstuck/ and dist/www/.

assemble_extension() {
  local mark
  mark=$(fingerprint extension target/pkg target/pages www/site.css Cargo.toml package.json package-lock.json build/assemble.sh build/bundle.mjs build/locales.mjs build/pack.mjs build/words.mjs build/manifest.mjs)
  is_done extension "$mark" dist/unstuck/manifest.json && return
  say "Assembling the extension in dist/unstuck"
  rm -rf dist/unstuck
  mkdir -p dist/unstuck
  node build/bundle.mjs extension dist/unstuck
  node build/locales.mjs dist/unstuck
  cp -R extension/{icons,managed_schema.json,sites.json} extension/pages/*.{html,css} extension/card/card.html dist/unstuck/
  rm dist/unstuck/icons/icon.svg
  view_css > dist/unstuck/view.css
  # The error reference, to be read without a network.
  cp target/pages/reference.html www/site.css dist/unstuck/
  cp target/pkg/{worker,pages}_bg.wasm target/pages/phrases.bin dist/unstuck/
  node build/manifest.mjs extension/manifest.json "$(crate_version)" dist/unstuck/manifest.json
  mark_done extension "$mark"
}

assemble_site() {
  local mark
  mark=$(fingerprint www extension target/pkg target/pages package.json package-lock.json build/assemble.sh build/bundle.mjs build/words.mjs)
  is_done site "$mark" dist/www/demo.js && return
  say "Assembling the site in dist/www"
  rm -rf dist/www
  mkdir -p dist/www
  # The site shows the very words and the very look of the extension.
  cat www/front/{shared,home,chat,demo,playground}.css > dist/www/front.css
  cp -R www/site.css target/pages/site/. extension/icons dist/www/
  view_css > dist/www/view.css
  rm dist/www/icons/icon.svg
  node build/bundle.mjs site dist/www
  mark_done site "$mark"
}

# One style for the card, the pages and the site.
view_css() {
  cat extension/view/{tokens,base,card,buttons,diagnosis,pages}.css
}
