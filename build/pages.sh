# shellcheck shell=bash
# The pages that are made from the causes, the words and the classifier: target/pages/site and target/pages/reference.html.

build_pages() {
  say "Writing the error reference, the site and the phrases"
  rm -rf target/pages
  mkdir -p target/pages
  "$xtask" reference target/pages/reference.html
  "$xtask" site target/pages/site
  "$xtask" phrases target/pages/phrases.bin
}
