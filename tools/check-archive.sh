#!/usr/bin/env bash
# Unpacks the release archive somewhere else and runs it with no Maven on PATH and through a link.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
archive=$(ls target/pitcrew-*.tar.gz)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

tar -xzf "$archive" -C "$folder"
mkdir "$folder/bin" "$folder/elsewhere"
for tool in bash mkdir rm mv flock readlink; do # what the launcher may use, and no mvn
    path=$(type -P "$tool") && ln -s "$path" "$folder/bin/$tool"
done
ln -s "$(echo "$folder"/pitcrew-*/pitcrew)" "$folder/elsewhere/crew"
cd "$folder/elsewhere"
home=$(echo "$folder"/pitcrew-*)
[[ -e $home/examples/desk/target/desk.jar ]] \
    || { echo "the demo's desk is missing: build examples/desk before"; exit 1; }
for page in "$home"/*.md "$home"/docs/*.md; do # what leads to sources and benches does so in a clone
    while read -r link; do
        [[ $link == http* || $link == src/* || $link == ../src/* || $link == ../bench/* || -e ${page%/*}/$link ]] \
            || { echo "${page#"$home"/} leads to $link, which the archive lacks"; exit 1; }
    done < <(grep -oE '\]\([^)#]+' "$page" | cut -c3-)
done
unit=$home/systemd/pitcrew.service
start=$(sed -n 's/^ExecStart=\([^ ]*\).*/\1/p' "$unit")
[[ -x $home/${start#/opt/pitcrew/} ]] || { echo "the unit starts $start, which the archive lacks"; exit 1; }
run() { PATH=$folder/bin ./crew "$@"; }

run schema > first.json 2> first.err
run schema > second.json 2> second.err
cmp first.json second.json
[[ $(head -c 1 first.json) == '{' ]] || { echo "schema printed no JSON"; exit 1; }
[[ ! -s second.err ]] || { echo "the second start was not silent:"; cat second.err; exit 1; }
run --version | grep -q '^pitcrew [0-9]' || { echo "--version names no version"; exit 1; }
code=0
run no-such-verb 2> /dev/null || code=$?
(( code == 2 )) || { echo "an unknown verb ended with $code, not 2"; exit 1; }
echo "$(basename "$archive") runs without Maven"
