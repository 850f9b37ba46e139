# shellcheck shell=bash
# The pages that are made from the causes, the words and the classifier: target/pages/site and target/pages/extension.

build_pages() {
  local edition
  say "Writing the error reference and the phrases"
  rm -rf target/pages
  mkdir -p target/pages
  for edition in site extension; do
    "$xtask" pages "$edition" "target/pages/$edition"
  done
  "$xtask" phrases target/pages/phrases.bin
}
