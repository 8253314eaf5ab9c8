#!/bin/bash
# From a bare Debian 12 to a built and tested weft.
#
#   ./bootstrap.sh build   install what is missing, build build/release/weft
#   ./bootstrap.sh demo    build, then print the diff for the example bot (stdout is the diff only)
#   ./bootstrap.sh test    build, then run all tests, then all tests under the sanitizers
#
# Installs only what is missing: a second run needs no network.
set -eu
cd "$(dirname "$0")"

PACKAGES="build-essential gcc cmake ninja-build pkg-config git ca-certificates
    libgit2-dev libyaml-dev libjansson-dev libyajl-dev libpcre2-dev nettle-dev libsqlite3-dev libcmocka-dev
    python3 python3-peewee python3-sqlalchemy python3-fastapi python3-pytest python3-httpx python3-pydantic
    python3-jsonschema python3-yaml"
TEST_PACKAGES="chromium strace" # the HTML report is looked at in a browser; which programs weft starts
OLDEST_NODE=18
JOBS=$(nproc)
TEST_JOBS=$((JOBS + 1)) # the cases wait for small processes more than they compute

say() {
    printf 'bootstrap: %s\n' "$*" >&2
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

is_installed() {
    case $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) in
    installed) return 0 ;;
    *) return 1 ;;
    esac
}

# It runs npm, and bundles the page of the HTML report.
has_node() {
    command -v npm >/dev/null 2>&1 || return 1
    major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
    [ -n "$major" ] && [ "$major" -ge "$OLDEST_NODE" ]
}

# Those of the build, and the ones named.
install_packages() {
    missing=
    for package in $PACKAGES "$@"; do
        is_installed "$package" || missing="$missing $package"
    done
    has_node || missing="$missing nodejs npm"
    [ -n "$missing" ] || return 0
    say "installing$missing"
    as_root apt-get update -qq >&2
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $missing >&2
}

# The stamp is a copy of the lock file that was installed.
STAMP=grammars/node_modules/.weft-installed.json

grammars_are_installed() {
    cmp -s grammars/package-lock.json "$STAMP"
}

install_grammars() {
    grammars_are_installed && return 0
    say "installing the grammars"
    (cd grammars && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
    cp grammars/package-lock.json "$STAMP"
}

build_preset() {
    say "building preset $1"
    cmake --preset "$1" >&2
    cmake --build --preset "$1" --parallel "$JOBS" >&2
}

build() {
    install_packages "$@"
    install_grammars
    build_preset release
}

demo() {
    build
    say "weft diff -C fixtures/maibot"
    build/release/weft diff -C fixtures/maibot
}

# What a suite's result depends on: the program that was built and every file of the checkout.
fingerprint() {
    {
        sha256sum "build/$1/weft"
        git ls-files --cached --others --exclude-standard -z | xargs -0 sha256sum 2>/dev/null
    } | sha256sum
}

# The sanitizer suite says nothing new about files on which it has passed; any change runs it again.
run_sanitizers() {
    build_preset asan
    passed=build/asan/.passed
    now=$(fingerprint asan)
    if [ -f "$passed" ] && [ "$(cat "$passed")" = "$now" ]; then
        say "the sanitizer suite has passed on exactly these files; rm $passed runs it again"
        return 0
    fi
    rm -f "$passed"
    ctest --preset asan --parallel "$TEST_JOBS" || return 1
    printf '%s\n' "$now" >"$passed"
}

run_tests() {
    # shellcheck disable=SC2086
    build $TEST_PACKAGES
    # Both suites run whatever the first says; either can fail the run. The full one comes last.
    result=0
    run_sanitizers || result=1
    ctest --preset release --parallel "$TEST_JOBS" || result=1
    return "$result"
}

case ${1:-} in
build) build ;;
demo) demo ;;
test) run_tests ;;
*)
    echo "usage: ./bootstrap.sh build|demo|test" >&2
    exit 2
    ;;
esac
