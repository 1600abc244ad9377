#!/bin/sh
# Loads the rule sets of fw-1 and fw-2 into a network namespace of their own, and writes what nft and ip say of them
# into the folder given, one object a line. Needs root, iproute2, nftables and jq.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for name in fw-1 fw-2; do
  mkdir -p "$1/$name"
  unshare --net sh -eu -c '
    . "$1/$2.interfaces.sh"
    nft -f "$1/$2.nft"
    nft -j list ruleset > "$3/ruleset.json"
    ip -j route > "$3/routes.json"
  ' capture "$here" "$name" "$1/$name"
  for file in ruleset routes; do
    jq -c . "$1/$name/$file.json" | sed 's/},{"\(rule\|chain\|set\|table\|map\|counter\|dst\|metainfo\)"/},\n{"\1"/g' > "$1/$name/$file.laid"
    mv "$1/$name/$file.laid" "$1/$name/$file.json"
  done
done
