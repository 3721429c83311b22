# Sourced by suites that change files of the tree.

# copy_tree [with-classes]: a copy of the files under version control, on demand with what was compiled of them, becomes the
# current folder; it is removed at the end.
copy_tree() {
  copy=$(mktemp -d)
  trap 'rm -rf "$copy"' EXIT
  git ls-files -z --cached --others --exclude-standard | xargs -0 ls -d 2>/dev/null | tar -cf - -T - | tar -xf - -C "$copy"
  [ "${1:-}" != with-classes ] || find . -name target -prune -print0 | tar -cf - --null -T - | tar -xf - -C "$copy"
  cd "$copy" || exit 2
}
