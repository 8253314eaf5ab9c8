#!/usr/bin/python3
"""`weft report --serve` shows the page of a tree to a browser on this machine, and to nobody else, and follows the tree.

    tests/e2e/run_serve.py --weft build/release/weft

Requests are made by hand, so that each header can be another one; curl fetches the page where there is one.
"""
import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import state_folder  # noqa: E402,F401
from run_commands import TREE  # noqa: E402

PATIENCE = 60  # seconds
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/([0-9a-f]{32})/")


class Served:
    def __init__(self, weft, root, *more):
        self.process = subprocess.Popen([weft, "report", "--serve", *more], cwd=root, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        found = ADDRESS.search(line)
        assert found, f"{line!r} {self.process.poll()}"
        self.address, self.port, self.secret = found[0], int(found[1]), found[2]

    def raw(self, data):
        """Everything that comes back for DATA."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            connection.sendall(data)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        head, _, body = answer.partition(b"\r\n\r\n")
        return head.decode(), body.decode()

    def ask(self, path, method="GET", host=None, **headers):
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{self.port}'}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return self.raw(("\r\n".join(lines) + "\r\n\r\n").encode())

    def get(self, name):
        head, body = self.ask(f"/{self.secret}/{name}")
        assert head.startswith("HTTP/1.1 200 "), head
        return body

    def version(self):
        return self.get("version?")

    def end(self):
        self.process.send_signal(signal.SIGINT)
        out, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out, said


def status(answer):
    return int(answer[0].split(" ")[1])


def check_pages(served):
    frame = served.get("")
    assert '<iframe src="report"' in frame
    for name in re.findall(r'(?:src|href)="(?!data:)([^"]*)"', frame):
        assert served.get(name), name
    assert 'id="report"' in served.get("report")
    head, body = served.ask(f"/{served.secret}/report", method="HEAD")
    assert status((head, body)) == 200 and body == "" and int(re.search(r"Content-Length: (\d+)", head)[1]) > 10000
    assert "frame-ancestors 'none'" in served.ask(f"/{served.secret}/")[0]
    if shutil.which("curl"):
        got = subprocess.run(["curl", "-sS", "-f", served.address + "report"], capture_output=True, text=True, timeout=PATIENCE)
        assert got.returncode == 0 and got.stdout == served.get("report"), got.stderr


def check_strangers(served):
    page = f"/{served.secret}/report"
    local = f"localhost:{served.port}"
    assert status(served.ask(page, host=local)) == 200
    assert status(served.ask(page, Origin=f"http://{local}", Sec_Fetch_Site="same-origin")) == 200
    for host in ("evil.example", f"evil.example:{served.port}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1:{served.port}.evil"):
        assert status(served.ask(page, host=host)) == 403, host
    for origin in ("http://evil.example", "null", f"https://{local}", f"http://{local}.evil"):
        assert status(served.ask(page, Origin=origin)) == 403, origin
    assert status(served.ask(page, Sec_Fetch_Site="cross-site")) == 403
    for path in ("/", "/report", f"/{served.secret}", f"/{served.secret}/../etc/passwd", f"/{'0' * 32}/report",
                 f"/{served.secret}/weft.yml", f"//{served.secret}/report"):
        assert status(served.ask(path)) == 404, path
    good = f"Host: 127.0.0.1:{served.port}\r\n"
    for text in (f"POST {page} HTTP/1.1\r\n{good}Content-Length: 1\r\n\r\nx", f"DELETE {page} HTTP/1.1\r\n{good}\r\n", "\r\n\r\n",
                 f"GET {page}\r\n{good}\r\n", f"GET {page} HTTP/1.1\r\n{good}X: \0\r\n\r\n", "x" * 9000):
        assert status(served.raw(text.encode())) == 400, text[:40]
    for text in (f"GET {page} HTTP/1.1\r\n\r\n", f"GET {page} HTTP/1.1\r\n{good}{good}\r\n"):
        assert status(served.raw(text.encode())) == 403, text
    with socket.socket() as other:  # on no other address of the machine
        other.settimeout(2)
        assert other.connect_ex(("127.0.0.2", served.port)) != 0
    # Clients that never say what they want keep nobody out.
    idle = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(100)]
    assert 'id="report"' in served.get("report")
    for connection in idle:
        connection.close()


def check_follows(served, root):
    seen = served.version()
    assert "left_behind" not in served.get("report")
    (root / "app/more.py").write_text("from app.config import settings\n\n\ndef left_behind():\n    return settings.x\n")
    newer = served.get(f"version?{seen}")  # answered when there is one
    assert newer != seen and "left_behind" in served.get("report")
    (root / "weft.yml").write_text(TREE["weft.yml"] + "nonsense: 1\n")
    end = time.monotonic() + PATIENCE
    while "E402" not in served.get("report"):
        assert time.monotonic() < end
        seen = served.get(f"version?{seen}")
    (root / "weft.yml").write_text(TREE["weft.yml"])
    while 'id="report"' not in served.get("report"):
        assert time.monotonic() < end
        seen = served.get(f"version?{seen}")


def check_options(weft, root, served):
    for words in (["--port", "1234"], ["--serve", "--format", "json"], ["--serve", "-o", "x"], ["--serve", "--history", "h"]):
        done = subprocess.run([weft, "report", *words], cwd=root, capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 2 and "E902" in done.stderr, f"{words}: {done}"
    done = subprocess.run([weft, "report", "--serve", "--port", str(served.port)], cwd=root, capture_output=True, text=True,
                          timeout=PATIENCE)
    assert done.returncode == 2 and "in use" in done.stderr, done


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weft", required=True)
    weft = str(Path(parser.parse_args().weft).resolve())
    with tempfile.TemporaryDirectory(prefix="weft-serve-") as folder:
        root = Path(folder) / "tree"
        for path, text in TREE.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        before = sorted(str(path) for path in root.rglob("*"))
        served = Served(weft, root)
        try:
            check_pages(served)
            check_strangers(served)
            assert sorted(str(path) for path in root.rglob("*")) == before, "it wrote something"
            check_options(weft, root, served)
            check_follows(served, root)
        finally:
            code, _, said = served.end()
        assert code == 0, f"{code} {said}"
        again = Served(weft, root, "--port", str(served.port))
        assert again.port == served.port and again.secret != served.secret
        again.end()
    print("the page is served to this machine, and follows the tree")


if __name__ == "__main__":
    main()
