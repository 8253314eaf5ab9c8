"""Makes journals, packs and whole .weft folders as somebody could who is not this user's weft."""
import hashlib
import hmac
import json
import os

import trees

STATES = ("begun", "committed", "applied", "undoing", "undone")
TIME = "2026-01-01T00:00:00Z"
OTHER_KEY = bytes(range(32))


def escaped(text):
    """As add_escaped in journal.c."""
    return "".join(c if c > " " and c not in "%\x7f" else f"%{ord(c):02X}" for c in text)


def records(state, files, folders=(), plan=None, run=1, version=2):
    """The texts of a journal's records. FILES: (action, mode, before, after, path)."""
    digest = hashlib.sha256(plan or b"").hexdigest() + " " if version == 2 else ""
    yield f"weft-journal {version} {run} {TIME} 0.1.0 2 {digest}weft%20apply"
    for folder in folders:
        yield f"folder {escaped(folder)}"
    for action, mode, before, after, path in files:
        old = trees.blob_id(before) + " " if action == "change" else ""
        yield f"{action} {mode:o} {old}{trees.blob_id(after)} {escaped(path)}"
    yield "begun"
    # As weft would have come there.
    course = {"begun": (), "committed": STATES[1:2], "applied": STATES[1:3], "undoing": STATES[1:4],
              "undone": STATES[1:5]}[state]
    for word in course:
        yield f"{word} {TIME}"


def keyed(texts, key):
    """Format 2: each line begins with an HMAC by KEY of the digest before it and its own text."""
    chain, lines = bytes(32), []
    for text in texts:
        chain = hmac.new(key, chain + text.encode(), hashlib.sha256).digest()
        lines.append(f"{chain.hex()} {text}\n")
    return "".join(lines).encode()


def plain(texts):
    """Format 1, of weft 0.1.0: the same with a SHA-1 that anybody can make."""
    chain, lines = bytes(20), []
    for text in texts:
        chain = bytes.fromhex(trees.blob_id(chain + text.encode()))
        lines.append(f"{chain.hex()} {text}\n")
    return "".join(lines).encode()


def pack(contents):
    """A pack of old bytes."""
    rows, bodies = [], b""
    offset = 28 + len(contents) * 67
    for content in sorted(contents, key=trees.blob_id):
        rows.append(f"{trees.blob_id(content)} {offset + len(bodies):012} {len(content):012}\n")
        bodies += content
    return f"weft-objects 1 {len(contents):012}\n".encode() + "".join(rows).encode() + bodies


def plan(files):
    """A plan file of what FILES, as in records, say."""
    edit = {"family": "config_system", "safety": "safe", "reason": "forged"}
    entries = []
    for action, mode, before, after, path in files:
        entry = {"path": path, "action": action, "mode": "100755" if mode & 0o100 else "100644",
                 "result": trees.blob_id(after)}
        if action == "change":
            entry |= {"blob": trees.blob_id(before),
                      "edits": [edit | {"start": 0, "end": len(before), "text": after.decode()}]}
        else:
            entry["text"] = after.decode()
        entries.append(entry)
    return json.dumps({"schema_version": 1,
                       "made_by": {"weft": "0", "tree-sitter": "0", "tree-sitter-python": "0", "packs": "",
                                   "rules": []},
                       "types": ["config_system"], "files": sorted(entries, key=lambda e: e["path"])}).encode()


def write(path, content):
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)
    os.chmod(path, 0o600)


def write_run(tree, journal, document, contents, run=1):
    """A run with what it needs in TREE/.weft."""
    folder = os.path.join(tree, ".weft")
    write(os.path.join(folder, f"runs/{run:06}/journal"), journal)
    write(os.path.join(folder, f"runs/{run:06}/plan.json"), document)
    if contents:
        write(os.path.join(folder, f"objects/{run:06}"), pack(contents))


def forged_run(how, state, files, key, folders=(), run=1):
    """A journal and its plan; HOW is plain, other-key or own-key."""
    document = plan(files)
    if how == "plain":
        return plain(records(state, files, folders, run=run, version=1)), document
    texts = records(state, files, folders, document, run)
    return keyed(texts, OTHER_KEY if how == "other-key" else key), document
