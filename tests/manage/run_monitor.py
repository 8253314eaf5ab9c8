#!/usr/bin/python3
"""`weft monitor`: what it writes is read by the programs that it is for, where they are there. `run_monitor.py --weft PROGRAM`"""
import argparse
import functools
import http.server
import json
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from bot import Bot  # noqa: E402

ALERTS = '''monitor:
  alerts:
    disk_usage: { threshold: 0.999, unit: ratio }
    memory_usage: { threshold: 0.999, unit: ratio, minutes: 10 }
    legacy_calls: { threshold: 0 }
    stalled_minutes: { threshold: 30 }
    response_time: { threshold: 1000, unit: ms, expression: "avg(bot_response_seconds{kind=\\"a\\"}) * 1000" }
'''


def add_rules(bot, text):
    with open(os.path.join(bot.root, "weft.yml"), "a", encoding="utf-8") as file:
        file.write(text)
    for words in (("add", "-A"), ("commit", "-qm", "rules")):
        subprocess.run(["git", *words], cwd=bot.root, env=bot.environment, check=True)


def values(text):
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in text.splitlines() if not line.startswith("#")}


def judge(program, *words, text=None):
    """What PROGRAM says of a file, where it is installed."""
    if shutil.which(program) is None:
        print(f"     {program} is not here")
        return
    done = subprocess.run([program, *words], input=text, capture_output=True, text=True)
    assert done.returncode == 0, f"{program} {words}: {done.stdout}{done.stderr}"


def metrics_of_each_moment(bot):
    add_rules(bot, ALERTS)
    before = bot.run("monitor").stdout
    assert "weft_migrate_task" not in before and values(before)["weft_isolation_accesses"] == 2, before
    bot.make_plan()
    bot.migrate("run", "--plan", bot.plan, expect=6)
    now = values(bot.run("monitor").stdout)
    assert now['weft_migrate_task{task="deploy",state="waiting"}'] == 1
    assert now['weft_data_steps_done{phase="expand"}'] == now['weft_data_steps{phase="expand"}'] > 0
    assert now["weft_migrate_running"] == now["weft_data_running"] == 0
    bot.migrate("resume", "--approve", "deploy", "--approve", "callers", "--approve", "no-return")
    done = values(bot.run("monitor", "--no-tree").stdout)
    assert "weft_isolation_accesses" not in done
    assert done['weft_migrate_task{task="data-contract",state="done"}'] == 1
    judge("promtool", "check", "metrics", text=bot.run("monitor").stdout)


def names_of_strangers(bot):
    """Functions in usage files are labels: bounded, and in quotes."""
    os.makedirs(os.path.join(bot.root, "usage"))
    rows = [{"api": f'app."\\\n{i}', "module": "x", "calls": i, "first": 1, "last": 2} for i in range(300)]
    with open(os.path.join(bot.root, "usage", "usage-1-a.json"), "w", encoding="utf-8") as file:
        json.dump({"schema_version": 1, "written": 3, "calls": rows}, file)
    text = bot.run("monitor", "--no-tree").stdout
    calls = [line for line in text.splitlines() if line.startswith("weft_api_legacy_calls_total{")]
    assert len(calls) == 201 and sum(values("\n".join(calls)).values()) == sum(range(300)), calls[-1]
    judge("promtool", "check", "metrics", text=text)


def files(bot):
    add_rules(bot, ALERTS)
    folder = os.path.join(bot.folder, "out")
    os.mkdir(folder)
    alerts, dashboard = os.path.join(folder, "alerts.yml"), os.path.join(folder, "dashboard.json")
    cron = bot.run("monitor", "--alerts", alerts, "--grafana", dashboard, "--systemd", folder, "--cron").stdout
    assert cron.count("\n") == 4 and f"cd {bot.root} && {bot.weft} monitor" in cron, cron
    judge("promtool", "check", "rules", alerts)
    panels = json.load(open(dashboard, encoding="utf-8"))["panels"]
    metrics = set(re.findall(r"^# TYPE (\w+)", bot.run("monitor").stdout, re.M))
    rules = ["groups:", "- name: panels", "  rules:"]
    for index, panel in enumerate(panels):
        rules += [f"  - record: panel{index}", "    expr: " + json.dumps(panel["targets"][0]["expr"])]
    with open(os.path.join(folder, "panels.yml"), "w", encoding="utf-8") as file:
        file.write("\n".join(rules) + "\n")
    judge("promtool", "check", "rules", os.path.join(folder, "panels.yml"))
    assert "weft_api_legacy_callers" in metrics and len({panel["id"] for panel in panels}) == len(panels)
    units = sorted(name for name in os.listdir(folder) if name.endswith((".timer", ".service")))
    assert len(units) == 8, units
    judge("systemd-analyze", "verify", *[os.path.join(folder, name) for name in units])


def wrong_limits(bot):
    add_rules(bot, "monitor:\n  alerts:\n    response_time: { threshold: 1 }\n    a-b: { threshold: .inf }\n"
                   "    disk_usage: { threshold: .inf }\n    memory_usage: { threshold: 1, minutes: -1 }\n")
    refused = bot.run("monitor", expect=2).stderr
    for words in ("'response_time' lacks the key 'expression'", "'a-b' is no name", "'threshold' must be a number", "'minutes'"):
        assert words in refused, refused


def a_full_disk_pauses(bot):
    add_rules(bot, "monitor: { alerts: { disk_usage: { threshold: 0.0 } } }\n")
    bot.make_plan()
    before = bot.tree(), bot.dump()
    paused = bot.migrate("run", "--plan", bot.plan, expect=6)
    assert "W617" in paused.stderr and bot.status()["status"] == "paused", paused.stderr
    assert (bot.tree(), bot.dump()) == before


class Files(http.server.SimpleHTTPRequestHandler):
    def guess_type(self, path):
        return "text/plain; version=0.0.4"

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def an_alert_fires(bot):
    """Prometheus scrapes the file, and tells that a task has failed."""
    if shutil.which("prometheus") is None:
        print("     prometheus is not here")
        return
    bot.make_plan()
    os.remove(bot.base)  # so that a task fails
    bot.migrate("run", "--plan", bot.plan, expect=1)
    folder = os.path.join(bot.folder, "prometheus")
    os.mkdir(folder)
    bot.run("monitor", "--prom", os.path.join(folder, "weft.prom"), "--alerts", os.path.join(folder, "alerts.yml"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    config = {"global": {"scrape_interval": "1s", "evaluation_interval": "1s"}, "rule_files": ["alerts.yml"],
              "scrape_configs": [{"job_name": "weft", "metrics_path": "/weft.prom",
                                  "static_configs": [{"targets": [f"127.0.0.1:{server.server_port}"]}]}]}
    with open(os.path.join(folder, "prometheus.yml"), "w", encoding="utf-8") as file:
        json.dump(config, file)  # JSON is YAML
    firing = set()

    def fires(ask):
        firing.clear()
        firing.update(row["labels"]["alertname"] for row in ask("alerts")["alerts"] if row["state"] == "firing")
        return "WeftTaskFailed" in firing

    try:
        ask_prometheus(folder, fires)
        assert firing == {"WeftTaskFailed"}, firing
    finally:
        server.shutdown()


def ask_prometheus(folder, is_enough):
    """Runs Prometheus by the settings in FOLDER until IS_ENOUGH of a function that asks it, for a minute at most."""
    port = free_port()
    process = subprocess.Popen(["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
                                f"--web.listen-address=127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def ask(what):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/{what}", timeout=5) as answer:
            return json.load(answer)["data"]

    try:
        for _ in range(300):
            time.sleep(0.2)
            try:
                if is_enough(ask):
                    return
            except OSError:
                continue
    finally:
        process.terminate()
        process.wait()


def talk(port, request):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request.encode())
        said = b""
        while piece := connection.recv(65536):
            said += piece
    return said.decode()


def served(bot):
    """On this machine's own address, to who names it; and Prometheus scrapes it, where it is installed."""
    process = subprocess.Popen([bot.weft, "monitor", "--serve", "0"], cwd=bot.root, env=bot.environment,
                               stdout=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r"http://127\.0\.0\.1:(\d+)/metrics", process.stdout.readline())[1])
        for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}"):
            said = talk(port, f"GET /metrics HTTP/1.1\r\nAccept: */*\r\nhost: {host}\r\n\r\n")
            assert said.startswith("HTTP/1.1 200 ") and "\nweft_isolation_accesses 2\n" in said, (host, said)
        here = f"Host: localhost:{port}\r\n"
        head, _, body = talk(port, f"HEAD /metrics HTTP/1.1\r\n{here}\r\n").partition("\r\n\r\n")
        assert " 200 " in head and "version=0.0.4" in head and body == "", head
        refused = {"GET /metrics HTTP/1.1\r\nHost: rebound.example\r\n\r\n": 403,
                   f"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1.example:{port}\r\n\r\n": 403,
                   f"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:{port}@example\r\n\r\n": 403,
                   f"GET /metrics HTTP/1.1\r\n{here}Sec-Fetch-Site: cross-site\r\n\r\n": 403,
                   "GET /metrics HTTP/1.1\r\n\r\n": 403,
                   f"GET /metrics HTTP/1.1\r\n{here}{here}\r\n": 403,
                   f"GET /weft.yml HTTP/1.1\r\n{here}\r\n": 404,
                   f"GET /metrics/../weft.yml HTTP/1.1\r\n{here}\r\n": 404,
                   f"POST /metrics HTTP/1.1\r\n{here}\r\n": 400,
                   "GET /" + "x" * 8187: 400}  # too long for a request
        for request, status in refused.items():
            said = talk(port, request)
            assert said.startswith(f"HTTP/1.1 {status} ") and "weft_" not in said, (request, said)
        idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(40)]  # who says nothing keeps nobody out
        assert " 200 " in talk(port, f"GET /metrics HTTP/1.1\r\n{here}\r\n")
        for connection in idle:
            connection.close()
        taken = bot.run("monitor", "--serve", str(port), expect=2)
        assert "cannot listen on port" in taken.stderr, taken.stderr
        if shutil.which("prometheus") is None:
            print("     prometheus is not here")
        else:
            scraped_by_prometheus(bot, port)
    finally:
        process.terminate()
        assert process.wait(timeout=60) == 0


def processor_time(process):
    with open(f"/proc/{process.pid}/stat", encoding="utf-8") as file:
        user, system = file.read().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def stormed(bot):
    """Neither connections without end nor questions without end take the processor away, and descriptors that run out
    keep nobody out."""
    few = 20
    process = subprocess.Popen([bot.weft, "monitor", "--serve", "0"], cwd=bot.root, env=bot.environment, stdout=subprocess.PIPE,
                               text=True, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (few, few)))
    try:
        port = int(re.search(r"http://127\.0\.0\.1:(\d+)/metrics", process.stdout.readline())[1])
        idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(30)]
        before = processor_time(process)
        time.sleep(2)
        assert processor_time(process) - before < 0.5, "connections that do not fit are asked for again and again"
        question = f"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        for connection in idle[20:]:
            connection.close()
        assert " 200 " in talk(port, question)
        began, before, asked = time.monotonic(), processor_time(process), 0
        while time.monotonic() < began + 3:
            asked += 1
            assert "\nweft_isolation_accesses 2\n" in talk(port, question)
        share = (processor_time(process) - before) / (time.monotonic() - began)
        assert share < 0.5, f"{asked} questions take {share:.0%} of a processor"
        slow = socket.create_connection(("127.0.0.1", port))
        slow.sendall(question[:20].encode())
        assert " 200 " in talk(port, question), "who is slow holds up the others"
        slow.close()
        for connection in idle:
            connection.close()
    finally:
        process.terminate()
        assert process.wait(timeout=60) == 0


def scraped_by_prometheus(bot, port):
    folder = os.path.join(bot.folder, "scraping")
    os.mkdir(folder)
    config = {"global": {"scrape_interval": "1s", "scrape_timeout": "1s"},
              "scrape_configs": [{"job_name": "weft", "static_configs": [{"targets": [f"127.0.0.1:{port}"]}]}]}
    with open(os.path.join(folder, "prometheus.yml"), "w", encoding="utf-8") as file:
        json.dump(config, file)
    found = []
    ask_prometheus(folder, lambda ask: found.extend(ask("query?query=weft_isolation_accesses")["result"]) or found)
    assert found and found[0]["value"][1] == "2", found


CASES = [metrics_of_each_moment, names_of_strangers, files, wrong_limits, a_full_disk_pauses, an_alert_fires, served, stormed]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for index, case in enumerate(CASES if not options.names else [globals()[name] for name in options.names]):
            case(Bot(os.path.abspath(options.weft), os.path.join(scratch, str(index))))
            print(f"ok   {case.__name__}", flush=True)


if __name__ == "__main__":
    main()
