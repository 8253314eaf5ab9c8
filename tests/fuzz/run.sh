#!/bin/sh
# Fuzzes the rule loader, the pattern compiler, the reader of plans, the folder .weft, the way from Python sources to a
# plan, and all of it on a disk (pipeline) with libFuzzer: a million executions each, unless RUNS says otherwise. None may crash, take over a
# second (limit.h) or over 512 MB, and nothing in the corpus that they leave may leak. Needs clang. (libFuzzer
# looks for leaks after every execution whose allocations do not add up, which caches of libraries see to: that
# takes twenty times as long as the execution. Its weighing of the corpus by rare features takes as long as the
# execution, too.)
#
#     tests/fuzz/run.sh [rules|pattern|plan|store|python|pipeline]...
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD:-$root/build/fuzz}
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=Release \
    -DWEFT_FUZZ=ON >/dev/null
names=${*:-rules pattern plan store python pipeline}
for name in $names; do
    cmake --build "$build" --target "fuzz_$name" >/dev/null
    mkdir -p "$build/corpus/$name"
    set -- -timeout=30 -rss_limit_mb=512 -artifact_prefix="$build/$name-" "$build/corpus/$name"
    export ASAN_OPTIONS=quarantine_size_mb=16:malloc_context_size=1
    seeds=$root/tests/fuzz/corpus/$name
    case $name in
    python) special=-max_len=2048 ;; # they have a mutator of their own
    pipeline) special=-max_len=2048 seeds=$root/tests/fuzz/corpus/python ;;
    *) special="-max_len=2048 -dict=$root/tests/fuzz/$name.dict" ;;
    esac
    # shellcheck disable=SC2086  # two options
    "$build/bin/fuzz_$name" -detect_leaks=0 -entropic=0 -runs="${RUNS:-1000000}" $special -print_final_stats=1 \
        -verbosity=0 "$@" "$seeds"
    "$build/bin/fuzz_$name" -runs=0 -verbosity=0 "$@"
done
