#!/bin/sh
# Installs the tarball of a release, for CI:
#
#   install_release.sh ARCHIVE FOLDER [CHECKSUM]
#
# ARCHIVE is a path or a URL; its SHA-256 is CHECKSUM or what SHA256SUMS beside it says. FOLDER gets bin/ and
# share/; when it has them already, as from a cache, nothing is done.
set -eu
archive=$1 folder=$2 checksum=${3:-}
if [ -x "$folder/bin/weft" ]; then
    "$folder/bin/weft" --version
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# get SOURCE FILE
get() {
    case $1 in
    http://* | https://*) curl --fail --silent --show-error --location --retry 3 --output "$2" "$1" ;;
    *) cp "$1" "$2" ;;
    esac
}

name=${archive##*/}
get "$archive" "$work/$name"
if [ -z "$checksum" ]; then
    get "${archive%/*}/SHA256SUMS" "$work/sums"
    checksum=$(sed -n "s/^\([0-9a-f]*\)  $name\$/\1/p" "$work/sums")
fi
if ! printf '%s  %s\n' "$checksum" "$work/$name" | sha256sum --check --status; then
    echo "install_release.sh: $archive is not the file with the SHA-256 '$checksum'" >&2
    exit 1
fi
mkdir -p "$folder"
tar -xzf "$work/$name" -C "$folder" --strip-components=1
"$folder/bin/weft" --version
