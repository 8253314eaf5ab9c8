#!/bin/sh
# From a bare Debian 12 to a built, tried, installed and tested weft.
#
#   ./bootstrap.sh demo              build, and print the diff for the example bot (stdout is the diff only)
#   ./bootstrap.sh build             build build/release/weft
#   ./bootstrap.sh install [PREFIX]  build and install it, into /usr/local or, without root, ~/.local
#   ./bootstrap.sh release           build the packages of a release into dist/
#   ./bootstrap.sh test              build, then run all tests, then all tests under the sanitizers
#   ./bootstrap.sh bench [OPTION]... build, and print what weft costs beside other programs (tests/bench/peers.py)
#
# Each installs the Debian packages that it needs and that are missing: a second run needs no network. What
# apt, cmake and npm say goes to build/bootstrap.log.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")"

BUILD_PACKAGES="gcc libc6-dev cmake ninja-build pkgconf gettext
    libgit2-dev libyaml-dev libjansson-dev libyajl-dev libpcre2-dev nettle-dev libsqlite3-dev"
SERVER_PACKAGES="libpq-dev libmariadb-dev" # headers, without which `weft data` knows SQLite alone; a demo needs none
C_PACKAGES="libclang-19-dev" # its headers; without them weft reads no C, and a demo needs none
RELEASE_PACKAGES="dpkg-dev file" # tell which libraries a .deb depends on
# The HTML report is looked at in a browser, fixtures are run, and strace tells which programs weft starts.
TEST_PACKAGES="git ca-certificates pre-commit black isort libcmocka-dev chromium neovim strace valgrind
    python3 python3-peewee python3-psycopg2 python3-pymysql python3-sqlalchemy python3-fastapi python3-pytest python3-httpx python3-pydantic
    python3-discord python3-django python3-jsonschema python3-yaml postgresql postgresql-client mariadb-server mariadb-client
    prometheus parallel openssh-client openssh-server"
OLDEST_NODE=18
LOG=build/bootstrap.log
WEFT=build/release/weft
JOBS=$(nproc)
TEST_JOBS=$((JOBS + 1)) # the cases wait for small processes more than they compute
STEP=0
STEPS=1

say() {
    printf 'weft: %s\n' "$*" >&2
}

# ---- steps ---------------------------------------------------------------------------------------

# On a terminal: how long the step takes so far, and the last line of the log.
tick() {
    seconds=0
    while sleep 1; do
        seconds=$((seconds + 1))
        last=$(tail -n 1 "$LOG" | tr -cd '[:print:]' | cut -c1-60)
        printf '\r\033[K      %d s  %s' "$seconds" "$last" >&2
    done
}

# step WHAT COMMAND...: says what is waited for, and shows the log only when COMMAND fails.
step() {
    STEP=$((STEP + 1))
    printf '[%d/%d] %s\n' "$STEP" "$STEPS" "$1" >&2
    shift
    mkdir -p build
    printf '\n== %s\n' "$*" >>"$LOG"
    ticker=
    if [ -t 2 ]; then
        tick &
        ticker=$!
    fi
    result=0
    "$@" >>"$LOG" 2>&1 </dev/null || result=$?
    if [ -n "$ticker" ]; then
        kill "$ticker" 2>/dev/null || true
        wait "$ticker" 2>/dev/null || true
        printf '\r\033[K' >&2
    fi
    [ "$result" -eq 0 ] && return 0
    tail -n 15 "$LOG" >&2
    say "that failed (status $result); all of it is in $PWD/$LOG"
    exit 1
}

# ---- packages ------------------------------------------------------------------------------------

is_installed() {
    case $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) in
    installed) return 0 ;;
    *) return 1 ;;
    esac
}

# npm brings a browser's driver and the bundler of the HTML report. Debian's is only taken when there is none.
has_node() {
    command -v npm >/dev/null 2>&1 || return 1
    major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
    [ -n "$major" ] && [ "$major" -ge "$OLDEST_NODE" ]
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# What apt would install for MISSING: "92 packages, 89.2 MB".
weigh() {
    # shellcheck disable=SC2086
    LC_ALL=C apt-get install -y --no-install-recommends --print-uris $missing 2>/dev/null |
        awk '/^'\''/ { count++; bytes += $3 } END { printf "%d packages, %.0f MB", count, bytes / 1e6 }'
}

get_root() {
    [ "$(id -u)" -ne 0 ] || return 0
    if ! command -v sudo >/dev/null 2>&1; then
        say "packages are missing, and only root can install them. As root, once:"
        say "    apt-get install --no-install-recommends$missing"
        exit 1
    fi
    sudo -v || exit 1 # asks for the password, where one is needed, before anything is hidden
}

# Without a network the lists that are here may do.
update_lists() {
    as_root apt-get update -qq || true
}

# install_packages PACKAGE...
install_packages() {
    missing=
    STEP=$((STEP + 1))
    if ! command -v apt-get >/dev/null 2>&1; then
        step "this is no Debian: what BUILD_PACKAGES in bootstrap.sh names has to be there" true
        return 0
    fi
    for package in "$@"; do
        is_installed "$package" || missing="$missing $package"
    done
    if [ -z "$missing" ]; then
        step "Debian packages: all there" true
        return 0
    fi
    get_root
    STEP=$((STEP - 1))
    step "Debian's lists of packages" update_lists
    # shellcheck disable=SC2086
    step "Debian packages: $(weigh) to download and install" as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 $missing
}

# ---- building ------------------------------------------------------------------------------------

# A build folder that has the tests keeps them.
configure_program() {
    if [ -f build/release/CMakeCache.txt ]; then
        cmake --preset release
    else
        cmake --preset release -DWEFT_TESTS=OFF
    fi
}

compile_program() {
    cmake --build --preset release --parallel "$JOBS" --target weft weft_documents
}

# build_program [PACKAGE...]: PACKAGEs beside those that every build needs.
build_program() {
    # shellcheck disable=SC2086
    install_packages $BUILD_PACKAGES "$@"
    step "configuring the build" configure_program
    step "compiling weft by $JOBS processors" compile_program
}

build() {
    STEPS=4
    # shellcheck disable=SC2086
    build_program $SERVER_PACKAGES $C_PACKAGES
    say "built $PWD/$WEFT"
}

demo() {
    STEPS=5
    build_program
    step "weft diff -C fixtures/maibot" true
    "$WEFT" diff -C fixtures/maibot
    cat >&2 <<END

weft: that was the diff of the example bot in fixtures/maibot: $("$WEFT" diff -C fixtures/maibot --quiet |
        grep -c '^+++ ') files, nothing written.
      It served one tenant; after \`weft apply\` each message brings its own context. Try next:

    $WEFT scan -C fixtures/maibot | less                         # every access, and what it becomes
    $WEFT explain -C fixtures/maibot ChatBot.message_process     # why a function changes
    ./bootstrap.sh install && cd YOUR/TREE && weft init && weft diff    # your own tree
END
}

# ---- installing ----------------------------------------------------------------------------------

install_weft() {
    prefix=$1
    STEPS=5
    # shellcheck disable=SC2086
    build_program $SERVER_PACKAGES $C_PACKAGES
    step "installing into $prefix" cmake --install build/release --prefix "$prefix" --strip
    say "installed $prefix/bin/weft"
    case :$PATH: in
    *:"$prefix/bin":*) ;;
    *) say "$prefix/bin is not on your PATH: export PATH=\"$prefix/bin:\$PATH\"" ;;
    esac
}

default_prefix() {
    if [ "$(id -u)" -eq 0 ]; then
        echo /usr/local
    else
        echo "$HOME/.local"
    fi
}

# Relative to the folder that the user is in, which is not this one.
full_prefix() {
    case $1 in
    /*) echo "$1" ;;
    *) echo "$OLDPWD/$1" ;;
    esac
}

release() {
    STEPS=3
    # shellcheck disable=SC2086
    install_packages $BUILD_PACKAGES $SERVER_PACKAGES $C_PACKAGES $RELEASE_PACKAGES
    step "building weft twice, and the packages" packaging/release.sh
    say "built, in $PWD/dist:"
    (cd dist && cat SHA256SUMS)
}

# ---- testing -------------------------------------------------------------------------------------

build_preset() {
    cmake --preset "$1" -DWEFT_TESTS=ON && cmake --build --preset "$1" --parallel "$JOBS"
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
    STEPS=5
    npm=
    has_node || npm="nodejs npm"
    # shellcheck disable=SC2086
    install_packages $BUILD_PACKAGES $SERVER_PACKAGES $C_PACKAGES $TEST_PACKAGES $npm
    step "the library of VS Code's client" npm ci --ignore-scripts --prefix editors/vscode
    step "building weft and its tests" build_preset release
    step "building both with the sanitizers" build_preset asan
    # Both suites run whatever the first says; either can fail the run. The full one comes last.
    result=0
    run_sanitizers || result=1
    ctest --preset release --parallel "$TEST_JOBS" || result=1
    return "$result"
}

# What tests/bench/peers.py prints is all that goes to stdout. ast-grep takes part where it is on the PATH.
bench() {
    STEPS=4
    # shellcheck disable=SC2086
    install_packages $BUILD_PACKAGES $SERVER_PACKAGES $C_PACKAGES libcmocka-dev python3 git
    step "building weft and its tests" build_preset release
    step "weft beside other programs" true
    tests/bench/peers.py "$@"
}

usage() {
    sed -n 's/^#   //p' "$0"
}

case ${1:-} in
build) build ;;
demo) demo ;;
release) release ;;
install) install_weft "$(full_prefix "${2:-$(default_prefix)}")" ;;
test) run_tests ;;
bench)
    shift
    bench "$@"
    ;;
-h | --help | help) usage ;;
*)
    usage >&2
    exit 2
    ;;
esac
