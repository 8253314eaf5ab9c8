#!/bin/sh
# Builds the packages of a release into dist/, with their checksums:
#
#   weft_VERSION_ARCH.deb                 linked against Debian's libraries
#   weft-VERSION-linux-MACHINE.tar.gz     libraries inside, but for libc
#   weft-VERSION-linux-MACHINE.npm.tgz    the same program as an npm package
#
# `./bootstrap.sh release` installs what this needs and runs it.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
jobs=$(nproc)
version=$(sed -n 's/^project(weft VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
machine=$(uname -m)
day=$(sed -n "s/^## $version (\(.*\))$/\1/p" CHANGELOG.md)
SOURCE_DATE_EPOCH=$(date -u -d "$day" +%s) # the same files give the same bytes
export SOURCE_DATE_EPOCH

# make_package FOLDER GENERATOR CMAKE-OPTION...
make_package() {
    folder=$1 generator=$2
    shift 2
    cmake -S . -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release -DWEFT_TESTS=OFF "$@"
    cmake --build "$folder" --parallel "$jobs" --target weft weft_documents
    (cd "$folder" && cpack -G "$generator" -B "$PWD/packages")
    cp "$folder"/packages/weft?"$version"* dist/
}

# The program of the static build below bin/, as `npm pack` would lay it out.
make_npm_package() {
    case $machine in
    x86_64) cpu=x64 ;;
    aarch64) cpu=arm64 ;;
    *) cpu=$machine ;;
    esac
    package=build/npm/package
    rm -rf build/npm
    mkdir -p "$package/bin"
    tar -xzf "dist/weft-$version-linux-$machine.tar.gz" -C build/npm
    mv "build/npm/weft-$version-linux-$machine/bin/weft" "$package/bin/weft"
    cp "build/npm/weft-$version-linux-$machine/share/doc/weft/copyright" "$package/LICENSE"
    cp README.md "$package/"
    sed -e "s/@VERSION@/$version/" -e "s/@CPU@/$cpu/" packaging/npm.json.in >"$package/package.json"
    tar -C build/npm --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -cf - package |
        gzip -9n >"dist/weft-$version-linux-$machine.npm.tgz"
}

rm -rf dist
mkdir dist
make_package build/package DEB -DCMAKE_INSTALL_PREFIX=/usr
make_package build/static TGZ -DWEFT_STATIC=ON
make_npm_package
(cd dist && sha256sum weft* >SHA256SUMS)
ls -l dist
