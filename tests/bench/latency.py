#!/usr/bin/python3
"""How long somebody waits: from a file that is saved to what `weft watch` says of it, and from a key in an editor to the
diagnostics of `weft lsp`, the pause included. Wall time; the machine should have nothing else to do.

    tests/bench/latency.py --weft build/release/weft --tree MAIBOT [--pack NAME] [--rounds N]

Each round gives --file a function with one access more, --line, or takes it away again.
"""
import argparse
import json
import os
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lsp"))
import run_lsp

PATIENCE = 60  # seconds


def texts_of(path, line):
    """The text of the file, and the same with a function that has LINE in it."""
    text = path.read_text()
    return text, f"{text}\n\ndef measured(value):\n    return {line}, value\n"


def watch(options, tree, path):
    arguments = ["--pack", options.pack] if options.pack else []
    process = subprocess.Popen([options.weft, "watch", "--format", "json", *arguments], cwd=tree, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL)

    def line():
        assert select.select([process.stdout], [], [], PATIENCE)[0], "weft watch says nothing"
        return json.loads(process.stdout.readline())

    line()
    times, texts = [], texts_of(path, options.line)
    for number in range(options.rounds):
        time.sleep(0.3)
        start = time.monotonic()
        path.write_text(texts[1 - number % 2])
        line()
        times.append((time.monotonic() - start) * 1000)
    process.terminate()
    process.wait()
    return times


def lsp(options, tree, path):
    run_lsp.WEFT = options.weft
    client = run_lsp.Client()
    client.ask("initialize", processId=None, rootUri=tree.as_uri(), capabilities={})
    client.notify("initialized")
    texts, times = texts_of(path, options.line), []
    client.notify("textDocument/didOpen", textDocument={"uri": path.as_uri(), "languageId": "python", "version": 0, "text": texts[0]})
    client.wait_for(path.as_uri(), lambda said: True)
    for number in range(options.rounds):
        time.sleep(0.5)
        client.said.clear()
        start = time.monotonic()
        client.notify("textDocument/didChange", textDocument={"uri": path.as_uri(), "version": number + 1},
                      contentChanges=[{"text": texts[1 - number % 2]}])
        client.wait_for(path.as_uri(), lambda said: True)
        times.append((time.monotonic() - start) * 1000)
    client.close()
    return times


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True, type=lambda path: str(Path(path).resolve()))
    parser.add_argument("--tree", required=True, type=Path)
    parser.add_argument("--pack")
    parser.add_argument("--file", default="src/chat/utils/utils.py")
    parser.add_argument("--line", default="global_config.bot.nickname")
    parser.add_argument("--rounds", type=int, default=21)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="weft-latency-") as work:
        os.environ["XDG_CACHE_HOME"] = str(Path(work) / "cache")
        tree = Path(work).resolve() / "tree"
        shutil.copytree(options.tree, tree, ignore=shutil.ignore_patterns(".git"), symlinks=True)
        print(f"load {os.getloadavg()[0]:.1f}")
        for name, measure in (("weft watch, saved to said", watch), ("weft lsp, key to diagnostics", lsp)):
            times = measure(options, tree, tree / options.file)
            print(f"{name}: median {statistics.median(times):.0f} ms, {min(times):.0f} to {max(times):.0f}")


if __name__ == "__main__":
    main()
