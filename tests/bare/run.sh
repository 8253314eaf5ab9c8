#!/bin/bash
# The first hour of a new user, on a machine that has nothing:
#
#   tests/bare/run.sh          in a Debian 12 made by debootstrap (root, debootstrap, a network; half an hour)
#   tests/bare/run.sh --here   on this machine, from a checkout below a folder that only its owner may enter
#
# In the new Debian: `./bootstrap.sh demo` and `install` as root in /root, which nobody else may enter; the same
# as a user with sudo in a folder with blanks and Chinese letters; then the packages of a release, each of
# which has to give the same diff. Prints how long each took. WEFT_BARE keeps the new Debian in that folder, so
# that a second run need not make it again.
set -eu
cd "$(dirname "$0")/../.."
source=$PWD
scratch=$(mktemp -d)
mounted=()

clean() {
    for place in "${mounted[@]}"; do umount -l "$place"; done
    rm -rf --one-file-system "$scratch"
}
trap clean EXIT

fail() {
    echo "tests/bare: $*" >&2
    exit 1
}

# What git would give a new user, with changes that are not committed.
write_checkout() {
    mkdir -p "$1"
    git -C "$source" ls-files -z --cached --others --exclude-standard |
        (cd "$source" && tar --null --ignore-failed-read -cf - -T - 2>/dev/null) | tar -xf - -C "$1"
}

# try WHAT COMMAND...: its output goes to $scratch/out and err; says how long it took.
try() {
    local what=$1 start=$SECONDS
    shift
    "$@" >"$scratch/out" 2>"$scratch/err" || {
        cat "$scratch/err" >&2
        fail "$what failed"
    }
    echo "$what: $((SECONDS - start)) s, $(wc -l <"$scratch/out") lines"
}

# A demo shows the diff, and says what it was and how to go on.
check_demo() {
    grep -q '^+++ b/src/chat/message_receive/bot.py' "$scratch/out" || fail "the demo shows no diff"
    grep -q '^\[5/5\] weft diff' "$scratch/err" || fail "the demo does not number its steps"
    grep -q 'weft init && weft diff' "$scratch/err" || fail "the demo does not say how to go on"
    if grep -qE '^(Get:|Setting up|npm|--) ' "$scratch/err"; then fail "the demo shows what apt or cmake says"; fi
}

here() {
    local folder="$scratch/closed/我的 weft"
    mkdir -m 700 "$scratch/closed"
    write_checkout "$folder"
    try "demo, below a folder of mode 700" "$folder/bootstrap.sh" demo
    check_demo
    cp "$scratch/out" "$scratch/diff"
    try "install" "$folder/bootstrap.sh" install "$scratch/a prefix"
    "$scratch/a prefix/bin/weft" diff -C fixtures/maibot 2>/dev/null | cmp - "$scratch/diff" ||
        fail "the installed program gives another diff"
}

# ---- a new Debian --------------------------------------------------------------------------------

in_root() {
    chroot "$scratch/root" "$@"
}

new_debian() {
    local base=${WEFT_BARE:-$scratch/base}
    if [ ! -d "$base/etc" ]; then
        try "debootstrap" debootstrap --variant=minbase bookworm "$base"
    fi
    [ -d "$scratch/root" ] && { umount -l "$scratch/root/proc" "$scratch/root/dev" && mounted=() && rm -rf --one-file-system "$scratch/root"; }
    cp -a "$base" "$scratch/root"
    cp /etc/resolv.conf "$scratch/root/etc/resolv.conf"
    mount -t proc proc "$scratch/root/proc"
    mount --bind /dev "$scratch/root/dev"
    mounted=("$scratch/root/proc" "$scratch/root/dev")
}

# Packages of Debian that are there now, beyond those of a new one.
count_packages() {
    # shellcheck disable=SC2016
    echo "packages: $(in_root dpkg-query -W -f '${Package}\n' | wc -l)"
}

as_root() {
    new_debian
    count_packages
    chmod 700 "$scratch/root/root"
    write_checkout "$scratch/root/root/weft"
    try "root in /root: demo" in_root /root/weft/bootstrap.sh demo
    check_demo
    cp "$scratch/out" "$scratch/diff"
    count_packages
    try "root in /root: install" in_root /root/weft/bootstrap.sh install
    try "root in /root: weft diff" in_root weft diff -C /root/weft/fixtures/maibot
    cmp "$scratch/out" "$scratch/diff" || fail "the installed program gives another diff"
    try "root in /root: release" in_root /root/weft/bootstrap.sh release
    cp -r "$scratch/root/root/weft/dist" "$scratch/dist"
    try "lintian" in_root sh -c 'apt-get install -y -qq --no-install-recommends lintian >/dev/null 2>&1 &&
        lintian --allow-root --fail-on error,warning /root/weft/dist/*.deb'
}

as_user() {
    local folder="/home/user/我的 weft"
    new_debian
    in_root sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends sudo' >/dev/null 2>&1
    in_root useradd -m -s /bin/sh user
    echo 'user ALL=(ALL) NOPASSWD:ALL' >"$scratch/root/etc/sudoers.d/user"
    write_checkout "$scratch/root$folder"
    in_root chown -R user:user "$folder"
    in_root chmod 700 "$folder" /home/user
    try "user with sudo: demo" in_root su user -c "'$folder/bootstrap.sh' demo"
    check_demo
    cmp "$scratch/out" "$scratch/diff" || fail "the user sees another diff"
    try "user with sudo: install" in_root su user -c "'$folder/bootstrap.sh' install"
    # shellcheck disable=SC2016
    in_root su user -c '$HOME/.local/bin/weft --version -v'
}

# check_package NAME COMMAND: in a new Debian with nothing but the package and the example.
check_package() {
    new_debian
    cp -r fixtures/maibot "$scratch/root/opt/maibot"
    cp "$scratch"/dist/* "$scratch/root/opt/"
    try "$1" in_root sh -euc "$2"
    # shellcheck disable=SC2016
    try "$1: weft diff" in_root sh -c 'PATH=$PATH:/opt/weft/bin:/opt/node_modules/.bin; weft diff -C /opt/maibot'
    cmp "$scratch/out" "$scratch/diff" || fail "$1 gives another diff"
}

packages() {
    check_package "tarball" 'mkdir /opt/weft; tar -xzf /opt/weft-*.tar.gz -C /opt/weft --strip-components=1'
    check_package ".deb" 'apt-get update -qq; apt-get install -y --no-install-recommends /opt/weft_*.deb'
    check_package "npm package" 'apt-get update -qq; apt-get install -y --no-install-recommends npm; cd /opt
        npm install --offline --no-audit --no-fund ./weft-*.npm.tgz'
}

case ${1:-} in
--here) here ;;
"")
    [ "$(id -u)" -eq 0 ] || fail "debootstrap needs root"
    command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"
    as_root
    as_user
    packages
    ;;
*) fail "usage: tests/bare/run.sh [--here]" ;;
esac
echo "ok"
