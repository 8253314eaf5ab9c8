#!/bin/sh
# Fuzzes the rule loader and the pattern compiler with libFuzzer: a million executions each, unless RUNS says
# otherwise; none may crash, leak, take over a second (limit.h) or over 512 MB. Needs clang.
#
#     tests/fuzz/run.sh [rules|pattern]...
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD:-$root/build/fuzz}
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=Release \
    -DWEFT_FUZZ=ON >/dev/null
for name in ${*:-rules pattern}; do
    cmake --build "$build" --target "fuzz_$name" >/dev/null
    mkdir -p "$build/corpus/$name"
    ASAN_OPTIONS=quarantine_size_mb=16:malloc_context_size=3 "$build/bin/fuzz_$name" -runs="${RUNS:-1000000}" -max_len=2048 \
        -timeout=30 -rss_limit_mb=512 -dict="$root/tests/fuzz/$name.dict" -print_final_stats=1 \
        -verbosity=0 -artifact_prefix="$build/$name-" \
        "$build/corpus/$name" "$root/tests/fuzz/corpus/$name"
done
