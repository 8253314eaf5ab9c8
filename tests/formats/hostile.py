"""A tree that tries to break out of whatever shows it: file names and code with what means something to a terminal, a
browser, a spreadsheet, a CI service or a parser."""

TEXTS = [
    b"new\nline", b"carriage\rreturn", b"tab\tstop", b"vertical\x0btab", b"form\x0cfeed", b"bell\x07", b"back\x08space",
    b"delete\x7f", b"escape\x1b[31mred\x1b[0m", b"title\x1b]0;owned\x07", b"link\x1b]8;;http://x\x1b\\y\x1b]8;;\x1b\\",
    "c1 csi \u009b31m".encode(), "next line \u0085".encode(), "line separator \u2028".encode(),
    "right to left \u202e cod.exe".encode(), "isolate \u2066 x \u2069".encode(), "mark \u200f\u200e".encode(),
    "zero width \u200b\u200d".encode(), "byte order \ufeff".encode(), "private \ue000".encode(),
    "wide \u4e2d\u6587 \U0001f600".encode(), "combining e\u0301\u0301\u0301".encode(),
    b"invalid \xff\xfe", b"overlong \xc0\xaf", b"cut \xe4\xb8", b"surrogate \xed\xa0\x80",
    b"quote'", b'double"quote', b"back`tick`", b"back\\slash", b"trailing\\", b"per%cent %0A %s%n",
    b"</script><script>alert(1)</script>", b"<img src=x onerror=alert(1)>", b"<!-- comment -->", b"]]><![CDATA[x",
    b"&lt;&amp;&#x3c;script&#x3e;", b"<?xml version='1.0'?>", b"\" onmouseover=\"alert(1)",
    b"javascript:alert(1)", b"${injected}", b"{{injected}}", b"$(touch injected)", b"; rm -rf injected",
    b"=cmd|' /C calc'!A0", b"+1+1", b"-2+3", b"@SUM(1)", b"a,b;c|d", b"| cell | cell |", b"# heading", b"[a](http://x)",
    b"![a](http://x)", b"```", b"* star _under_", b"::error file=x,line=1::owned", b"%0A::warning::owned",
    b"##[group]owned", b"n" * 180, b" leading and trailing ", b"{\"json\": [}", b"\\u003cscript\\u003e",
]

CONFIG = b"class Settings:\n    name = ''\n\n\nsettings = Settings()\n"


def is_text(text):
    try:
        text.decode()
        return True
    except UnicodeDecodeError:
        return False


def module(text):
    """Code that accesses the sink once on a line that holds TEXT, in a string or a comment as far as Python allows."""
    line = text if is_text(text) and not any(c in text for c in b"\n\r\x0c") else b"plain"
    return (b"from app.config import settings\n\n\ndef read():\n    return settings.name  # " + line + b"\n")


def write(root, texts):
    """The tree; returns how many accesses it has."""
    files = {b"app/config.py": CONFIG}
    for number, text in enumerate(texts):
        # A name has no '/', so the text is split into folders, as a path of the tree may be.
        parts = [part for part in text.split(b"/") if part]
        files[b"app/%02d/" % number + b"/".join(parts) + b".py"] = module(text)
    for path, code in files.items():
        target = bytes(root) + b"/" + path
        root.joinpath(*[p.decode(errors="surrogateescape") for p in path.split(b"/")[:-1]]).mkdir(
            parents=True, exist_ok=True)
        with open(target, "wb") as file:
            file.write(code)
    return len(texts)
