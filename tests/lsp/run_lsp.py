#!/usr/bin/python3
"""A session with `weft lsp`, as an editor has it: what is said while somebody types, what a code action changes.

    tests/lsp/run_lsp.py --weft build/release/weft
"""
import argparse
import json
import os
import select
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

WEFT = None
PATIENCE = 60  # seconds

RULES = """\
version: 1
context:
  parameter: context
  type: app.isolation.Context
  dimensions: [tenant]
  ambient: app.isolation.current
sinks:
  - id: settings
    family: config
    symbol: app.config.settings
    replace: app.isolation.settings_of({context})
boundaries:
  - id: inbound
    function: app.web.handle
    origin: message
    create: app.isolation.context_of({parameter:request})
"""
TREE = {
    "weft.yml": RULES,
    "app/__init__.py": "",
    "app/config.py": "class Settings:\n    name = 'x'\n\n\nsettings = Settings()\n",
    "app/isolation.py": "class Context: ...\n\n\ndef current(): ...\n\n\ndef context_of(request): ...\n\n\n"
                        "def settings_of(context): ...\n",
    "app/greet.py": "from app.config import settings\n\n\ndef greet(name):\n    return name + settings.name\n",
    "app/web.py": "from app.greet import greet\n\n\ndef handle(request):\n    return greet(request)\n",
}


class Client:
    """Speaks with one server. What it says besides answers is kept."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([WEFT, "lsp", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)
        self.bytes, self.number, self.said = b"", 0, {}

    def send_bytes(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.send_bytes(b"Content-Length: %d\r\n\r\n" % len(data) + data)

    def notify(self, method, **parameters):
        self.send({"method": method, "params": parameters})

    def read(self, patience=PATIENCE):
        """The next message, None when there is none in time or the server has gone."""
        end = time.monotonic() + patience
        while True:
            head, found, rest = self.bytes.partition(b"\r\n\r\n")
            if found:
                length = int(head.split(b":")[1])
                if len(rest) >= length:
                    self.bytes = rest[length:]
                    return json.loads(rest[:length])
            if not select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))[0]:
                return None
            data = os.read(self.process.stdout.fileno(), 65536)
            if not data:
                return None
            self.bytes += data

    def ask(self, method, **parameters):
        self.number += 1
        self.send({"id": self.number, "method": method, "params": parameters})
        return self.answer(self.number)

    def answer(self, number):
        while True:
            message = self.read()
            assert message is not None, "no answer"
            if message.get("id") == number:
                return message.get("result") if "result" in message else message["error"]
            self.keep(message)

    def keep(self, message):
        if message.get("method") == "textDocument/publishDiagnostics":
            self.said[message["params"]["uri"]] = message["params"]["diagnostics"]

    def wait_for(self, uri, good):
        """The diagnostics of URI as soon as they are GOOD."""
        while not (uri in self.said and good(self.said[uri])):
            message = self.read()
            assert message is not None, f"nothing more was said: {self.said}"
            self.keep(message)
        return self.said[uri]

    def close(self):
        self.ask("shutdown")
        self.notify("exit")
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


def apply_edits(text, edits):
    """TEXT with the edits of the protocol, whose characters are UTF-16 units."""
    def offset(position):
        lines = text.split("\n")
        before = sum(len(line) + 1 for line in lines[:position["line"]])
        line = lines[position["line"]].encode("utf-16-le")
        return before + len(line[:2 * position["character"]].decode("utf-16-le"))
    spans = [(offset(e["range"]["start"]), offset(e["range"]["end"]), i, e["newText"]) for i, e in enumerate(edits)]
    for start, end, _, new in sorted(spans, reverse=True):
        text = text[:start] + new + text[end:]
    return text


class Session(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="weft-lsp ß-")
        self.root = Path(self.folder.name).resolve()
        for name, text in TREE.items():
            (self.root / name).parent.mkdir(exist_ok=True)
            (self.root / name).write_text(text)
        self.client = Client("--stdio")

    def tearDown(self):
        self.client.process.kill()
        self.client.process.wait()
        for stream in self.client.process.stdin, self.client.process.stdout, self.client.process.stderr:
            try:
                stream.close()
            except BrokenPipeError:
                pass
        self.folder.cleanup()

    def uri(self, name):
        return (self.root / name).as_uri()

    def start(self, *roots, **more):
        folders = [{"uri": (root if isinstance(root, str) else root.as_uri()), "name": "x"} for root in roots]
        result = self.client.ask("initialize", processId=None, rootUri=None, capabilities={},
                                 workspaceFolders=folders or [{"uri": self.root.as_uri(), "name": "x"}], **more)
        self.client.notify("initialized")
        return result

    def open(self, name, text=None):
        self.client.notify("textDocument/didOpen", textDocument={
            "uri": self.uri(name), "languageId": "python", "version": 1,
            "text": text if text is not None else (self.root / name).read_text()})

    def change(self, name, version, *changes):
        self.client.notify("textDocument/didChange", textDocument={"uri": self.uri(name), "version": version},
                           contentChanges=list(changes))

    def test_what_is_said_and_how_it_ends(self):
        answer = self.start()
        self.assertEqual(answer["capabilities"]["positionEncoding"], "utf-16")
        said = self.client.wait_for(self.uri("app/greet.py"), len)
        self.assertEqual([(d["code"], d["range"]["start"]) for d in said],
                         [("config/settings", {"line": 4, "character": 18})])
        self.assertNotIn(self.uri("app/web.py"), self.client.said)
        self.assertEqual(self.client.close(), 0)

    def test_the_language_is_that_of_the_editor(self):
        self.start(locale="zh-cn")
        said = self.client.wait_for(self.uri("app/greet.py"), len)
        self.assertIn("在没有隔离上下文的情况下使用", said[0]["message"])
        actions = self.client.ask("textDocument/codeAction", textDocument={"uri": self.uri("app/greet.py")},
                                  range=said[0]["range"], context={"diagnostics": said})
        self.assertTrue(all(action["title"].startswith("weft：") for action in actions), actions)

    def test_what_is_typed_counts_before_it_is_saved(self):
        self.start()
        name = "app/web.py"
        self.open(name)
        self.client.wait_for(self.uri("app/greet.py"), len)
        # An emoji is two units of UTF-16: the access behind it stands where the editor sees it.
        line = 'EMOJI = "\U0001f600", settings.name\n'
        self.change(name, 2, {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
                              "text": "from app.config import settings\n" + line})
        said = self.client.wait_for(self.uri(name), len)
        self.assertEqual(said[0]["range"]["start"], {"line": 1, "character": 14})
        self.assertEqual((self.root / name).read_text(), TREE[name])
        self.change(name, 3, {"text": TREE[name]})
        self.client.wait_for(self.uri(name), lambda d: d == [])

    def test_a_code_action_is_the_connected_change(self):
        self.start()
        for name in "app/greet.py", "app/web.py":
            self.open(name)
        place = {"start": {"line": 4, "character": 20}, "end": {"line": 4, "character": 20}}
        actions = self.client.ask("textDocument/codeAction", textDocument={"uri": self.uri("app/greet.py")}, range=place,
                                  context={"diagnostics": []})
        self.assertEqual([a["kind"] for a in actions], ["refactor.rewrite", "quickfix"])
        resolved = self.client.ask("codeAction/resolve", **actions[0])
        changes = {c["textDocument"]["uri"]: c for c in resolved["edit"]["documentChanges"]}
        self.assertEqual(set(changes), {self.uri("app/greet.py"), self.uri("app/web.py")})
        for name in "app/greet.py", "app/web.py":
            change = changes[self.uri(name)]
            self.assertEqual(change["textDocument"]["version"], 1)
            text = apply_edits(TREE[name], change["edits"])
            self.change(name, 2, {"text": text})
            (self.root / name).write_text(text)
        self.client.wait_for(self.uri("app/greet.py"), lambda d: d == [])
        shown = subprocess.run([WEFT, "diff"], cwd=self.root, capture_output=True, text=True)
        self.assertEqual((shown.returncode, shown.stdout), (0, ""))
        # What it was made for has gone.
        self.assertIn("has gone", self.client.ask("codeAction/resolve", **actions[0])["message"])

    def test_an_access_is_left_alone_for_a_reason(self):
        self.start()
        self.open("app/greet.py")
        place = {"start": {"line": 4, "character": 18}, "end": {"line": 4, "character": 26}}
        actions = self.client.ask("textDocument/codeAction", textDocument={"uri": self.uri("app/greet.py")}, range=place,
                                  context={"diagnostics": []})
        edits = actions[1]["edit"]["changes"][self.uri("app/greet.py")]
        self.change("app/greet.py", 2, {"text": apply_edits(TREE["app/greet.py"], edits)})
        self.client.wait_for(self.uri("app/greet.py"), lambda d: d == [])

    def test_hovers_and_lenses(self):
        self.start()
        self.open("app/greet.py")
        hover = self.client.ask("textDocument/hover", textDocument={"uri": self.uri("app/greet.py")},
                                position={"line": 4, "character": 20})
        self.assertIn("calls greet", hover["contents"]["value"])
        lenses = self.client.ask("textDocument/codeLens", textDocument={"uri": self.uri("app/greet.py")})
        self.assertEqual([(lens["range"]["start"]["line"], lens["command"]["title"]) for lens in lenses],
                         [(3, "1 access gets the context through this function")])
        self.assertIsNone(self.client.ask("textDocument/hover", textDocument={"uri": self.uri("app/isolation.py")},
                                          position={"line": 900, "character": 900}))

    def test_who_hands_the_context_on(self):
        self.start()
        self.client.wait_for(self.uri("app/greet.py"), len)
        ask = self.client.ask
        [item] = ask("textDocument/prepareCallHierarchy", textDocument={"uri": self.uri("app/greet.py")},
                     position={"line": 4, "character": 6})
        self.assertEqual((item["name"], item["detail"], item["selectionRange"]["start"]),
                         ("greet", "app.greet.greet", {"line": 3, "character": 4}))
        [call] = ask("callHierarchy/incomingCalls", item=item)
        self.assertEqual((call["from"]["detail"], call["fromRanges"][0]["start"]), ("app.web.handle", {"line": 4, "character": 11}))
        [back] = ask("callHierarchy/outgoingCalls", item=call["from"])
        self.assertEqual(back["to"], item)
        self.assertEqual(ask("callHierarchy/incomingCalls", item=call["from"]), [])
        self.assertIsNone(ask("textDocument/prepareCallHierarchy", textDocument={"uri": self.uri("app/config.py")},
                              position={"line": 4, "character": 1}))
        item["data"]["function"] = "app.greet.gone"
        self.assertEqual(ask("callHierarchy/incomingCalls", item=item), [])

    def test_several_roots_and_files_of_none(self):
        with tempfile.TemporaryDirectory() as other:
            other = Path(other).resolve()
            (other / "one.py").write_text("print(\n")
            (other / "weft.yml").write_text(RULES)
            self.start(self.root, other)
            self.client.wait_for((other / "one.py").as_uri(), len)
            self.client.wait_for(self.uri("app/greet.py"), len)
            self.assertEqual(self.client.ask("textDocument/codeLens", textDocument={"uri": "untitled:x"}), [])
            self.client.notify("workspace/didChangeWorkspaceFolders",
                               event={"added": [], "removed": [{"uri": other.as_uri(), "name": "x"}]})
            self.assertIsNone(self.client.ask("textDocument/hover", textDocument={"uri": (other / "one.py").as_uri()},
                                              position={"line": 0, "character": 0}))

    def test_a_folder_that_no_rules_fit(self):
        (self.root / "weft.yml").unlink()
        self.start()
        message = self.client.read()
        self.assertEqual(message["method"], "window/logMessage")
        self.assertIn("no rule pack fits this tree", message["params"]["message"])
        self.assertEqual(self.client.close(), 0)

    def test_what_cannot_be_read_is_said_at_its_beginning(self):
        """With rules and without, where nothing but that is said."""
        for rules in (True, False):
            for name, spoil in (("binary", lambda path: path.write_bytes(bytes(range(256)))),
                                ("loop", lambda path: path.symlink_to(path)), ("queue", os.mkfifo)):
                with self.subTest(name, rules=rules), tempfile.TemporaryDirectory() as folder:
                    root = Path(folder).resolve()
                    (root / "app.py").write_text("x = 1\n")
                    if rules:
                        (root / "weft.yml").write_text(RULES)
                    spoil(root / f"{name}.py")
                    client = Client("--stdio")
                    client.ask("initialize", processId=None, rootUri=root.as_uri(), capabilities={})
                    client.notify("initialized")
                    client.notify("textDocument/didOpen", textDocument={
                        "uri": (root / f"{name}.py").as_uri(), "languageId": "python", "version": 1, "text": "x = 1\n"})
                    client.notify("textDocument/didClose", textDocument={"uri": (root / f"{name}.py").as_uri()})
                    client.ask("textDocument/hover", textDocument={"uri": (root / "app.py").as_uri()},
                               position={"line": 0, "character": 0})
                    self.assertEqual(client.close(), 0)
                    for stream in client.process.stdin, client.process.stdout, client.process.stderr:
                        stream.close()

    def test_a_mistake_in_the_rules_is_shown_in_their_file(self):
        (self.root / "weft.yml").write_text(RULES.replace("symbol:", "symbl:"))
        self.start()
        said = self.client.wait_for(self.uri("weft.yml"), len)
        self.assertIn("E402", [d["code"] for d in said])
        self.open("weft.yml", RULES)
        self.client.notify("textDocument/didSave", textDocument={"uri": self.uri("weft.yml")})
        (self.root / "weft.yml").write_text(RULES)
        self.client.notify("workspace/didChangeWatchedFiles", changes=[])
        self.client.wait_for(self.uri("weft.yml"), lambda d: d == [])

    def complete(self, text):
        """What is offered at the mark in weft.yml, by label."""
        before, after = text.split("|")
        self.open("weft.yml", before + after)
        lines = before.split("\n")
        answer = self.client.ask("textDocument/completion", textDocument={"uri": self.uri("weft.yml")},
                                 position={"line": len(lines) - 1, "character": len(lines[-1].encode("utf-16-le")) // 2})
        return {item["label"]: item for item in answer["items"]}, before + after

    def test_keys_of_rule_files_are_completed(self):
        self.start()
        top, _ = self.complete(RULES + "proc|")
        self.assertIn("process_wide", top)
        self.assertNotIn("sinks", top)  # is there already
        self.assertIn("one per process", top["process_wide"]["documentation"]["value"])
        sink, text = self.complete(RULES.replace("    family: config\n", "    family: config\n    exc|\n"))
        self.assertIn("except", sink)
        self.assertFalse({"symbol", "replace", "context"} & set(sink))
        self.assertIn("\n    except:\n", apply_edits(text, [sink["except"]["textEdit"]]))
        first, _ = self.complete(RULES.replace("  - id: inbound\n", "  - |\n  - id: inbound\n"))
        self.assertLess({"id", "function", "overrides", "create"}, set(first))
        inner, _ = self.complete(RULES.replace("replace: app", "except: {attr|}\n    replace: app"))
        self.assertEqual(set(inner), {"attributes", "functions"})

    def test_values_and_names_of_rule_files_are_completed(self):
        self.start()
        origins, _ = self.complete(RULES.replace("origin: message", "origin: |"))
        self.assertLess({"message", "http", "background"}, set(origins))
        names, text = self.complete(RULES.replace("symbol: app.config.settings", "symbol: app.config.|"))
        self.assertEqual(set(names), {"app.config.Settings", "app.config.settings"})
        self.assertIn("symbol: app.config.settings\n", apply_edits(text, [names["app.config.settings"]["textEdit"]]))
        classes, _ = self.complete(RULES.replace("type: app.isolation.Context", "type: Cont|"))
        self.assertEqual(set(classes), {"app.isolation.Context"})
        listed, _ = self.complete(RULES + "never_hold: [app.isolation.Context, app.config.|]\n")
        self.assertEqual(set(listed), {"app.config.Settings"})
        flow = "  - { id: other, family: config, symbol: app.config.|, replace: x }\nboundaries:"
        flowing, _ = self.complete(RULES.replace("boundaries:", flow))
        self.assertEqual(set(flowing), {"app.config.Settings", "app.config.settings"})
        keys, _ = self.complete(RULES.replace("boundaries:", "  - { id: other, fam| }\nboundaries:"))
        self.assertTrue({"family", "symbol"} <= set(keys) and "id" not in keys)
        # The rules had a mistake from the beginning: nothing was analysed, and names are known all the same.
        broken, _ = self.complete(RULES.replace("  - id: settings", "  - idd: settings").replace("handle\n", "hand|\n"))
        self.assertEqual(set(broken), {"app.web.handle"})
        self.open("app/web.py")
        self.assertEqual(self.client.ask("textDocument/completion", textDocument={"uri": self.uri("app/web.py")},
                                         position={"line": 0, "character": 0}), [])

    def test_what_stands_in_a_rule_file_is_explained(self):
        self.start()
        self.open("weft.yml", RULES)
        at = RULES.split("\n").index("    symbol: app.config.settings")
        def hover(line, character):
            return self.client.ask("textDocument/hover", textDocument={"uri": self.uri("weft.yml")},
                                   position={"line": line, "character": character})
        self.assertIn("reading this name", hover(at, 6)["contents"]["value"])
        self.assertEqual(hover(at, 20)["contents"]["value"], "`app.config.settings`\n\napp/config.py:5")
        self.assertIsNone(hover(0, 9))

    def test_names_below_an_import_root_are_found_as_imports_spell_them(self):
        (self.root / "src").mkdir()
        (self.root / "app").rename(self.root / "src" / "app")
        self.start()
        names, _ = self.complete(RULES.replace("app.config.settings\n", "app.config.|\n"))
        self.assertEqual(set(names), {"app.config.Settings", "app.config.settings"})
        full, _ = self.complete(RULES.replace("app.config.settings\n", "src.app.config.|\n"))
        self.assertEqual(set(full), {"src.app.config.Settings", "src.app.config.settings"})
        short, _ = self.complete(RULES.replace("app.config.settings\n", "setti|\n"))
        self.assertEqual(set(short), {"app.config.settings", "app.isolation.settings_of"})
        self.open("weft.yml", RULES)
        at = RULES.split("\n").index("    symbol: app.config.settings")
        hover = self.client.ask("textDocument/hover", textDocument={"uri": self.uri("weft.yml")},
                                position={"line": at, "character": 20})
        self.assertEqual(hover["contents"]["value"], "`app.config.settings`\n\nsrc/app/config.py:5")

    def test_rules_count_before_they_are_saved(self):
        self.start()
        self.client.wait_for(self.uri("app/greet.py"), len)
        self.open("weft.yml", RULES.replace("symbol:", "symbl:"))
        said = self.client.wait_for(self.uri("weft.yml"), len)
        self.assertIn("E402", [d["code"] for d in said])
        self.change("weft.yml", 2, {"text": RULES.replace("symbol: app.config.settings", "symbol: app.config.setings")})
        said = self.client.wait_for(self.uri("weft.yml"), lambda d: [x["code"] for x in d] == ["W408"])
        self.assertIn("did you mean 'app.config.settings'?", said[0]["message"])
        self.change("weft.yml", 3, {"text": RULES})
        self.client.wait_for(self.uri("weft.yml"), lambda d: d == [])
        self.client.wait_for(self.uri("app/greet.py"), len)

    def test_what_is_no_request_of_ours(self):
        self.assertEqual(self.client.ask("textDocument/hover")["code"], -32002)
        self.start()
        self.assertEqual(self.client.ask("textDocument/rename")["code"], -32601)
        self.client.send_bytes(b"Content-Length: 3\r\n\r\n{]}")
        self.assertEqual(self.client.answer(None)["code"], -32700)
        self.client.notify("textDocument/didChange", contentChanges="x")
        self.client.notify("textDocument/didOpen", textDocument={"uri": 3})
        self.assertEqual(self.client.ask("textDocument/codeAction"), [])

    def test_a_request_that_is_taken_back(self):
        self.start()
        body = [{"jsonrpc": "2.0", "id": 91, "method": "textDocument/hover",
                 "params": {"textDocument": {"uri": self.uri("app/greet.py")}, "position": {"line": 4, "character": 20}}},
                {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 91}}]
        data = [json.dumps(message).encode() for message in body]
        self.client.send_bytes(b"".join(b"Content-Length: %d\r\n\r\n" % len(d) + d for d in data))
        self.assertEqual(self.client.answer(91)["code"], -32800)

    def test_an_answer_that_the_next_key_makes_old(self):
        self.start()
        text = TREE["app/greet.py"].replace("settings.name", "settings.name + settings.name")
        body = [{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {
                    "uri": self.uri("app/greet.py"), "languageId": "python", "version": 1, "text": TREE["app/greet.py"]}}},
                {"jsonrpc": "2.0", "id": 92, "method": "textDocument/hover",
                 "params": {"textDocument": {"uri": self.uri("app/greet.py")}, "position": {"line": 4, "character": 20}}},
                {"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
                    "textDocument": {"uri": self.uri("app/greet.py"), "version": 2}, "contentChanges": [{"text": text}]}}]
        data = [json.dumps(message).encode() for message in body]
        self.client.send_bytes(b"".join(b"Content-Length: %d\r\n\r\n" % len(d) + d for d in data))
        self.assertEqual(self.client.answer(92)["code"], -32801)
        self.client.wait_for(self.uri("app/greet.py"), lambda said: len(said) == 2)

    def test_a_request_while_something_is_analysed(self):
        for number in range(60):  # a large file, so that the analysis takes a while
            (self.root / f"app/more{number}.py").write_text("from app.config import settings\n" + "".join(
                f"def more_{i}(value):\n    return settings.name, value\n" for i in range(20)))
        self.start()
        self.open("app/greet.py")
        self.client.wait_for(self.uri("app/greet.py"), len)
        for version in range(2, 22):
            self.change("app/greet.py", version, {"text": TREE["app/greet.py"] + "#" * version})
            time.sleep(0.03 + version / 1000)  # the pause, and a part of the analysis
            answer = self.client.ask("textDocument/codeLens", textDocument={"uri": self.uri("app/greet.py")})
            self.assertEqual(len(answer), 1)

    def test_somebody_else_talks(self):
        self.client.send_bytes(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        _, stderr = self.client.process.communicate(timeout=PATIENCE)
        self.assertEqual(self.client.process.returncode, 2)
        self.assertIn(b"no message of a language client", stderr)

    def test_the_editor_goes(self):
        self.start()
        self.client.process.stdin.close()
        self.assertEqual(self.client.process.wait(timeout=PATIENCE), 2)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--weft", required=True)
    options, rest = parser.parse_known_args()
    WEFT = str(Path(options.weft).resolve())
    unittest.main(argv=[sys.argv[0], *rest])
