"""Trees to measure on, for peers.py: given ones, the example N times, the machine's Python, and a generated bot."""
import os
import shutil
import sysconfig

PROJECT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
NOT_COPIED = shutil.ignore_patterns(".git", "__pycache__", "node_modules")
BOT_RULES = """\
version: 1
pack: generated
context:
  parameter: isolation_context
  type: bot.isolation.IsolationContext
  dimensions: [tenant_id, chat_id]
  ambient: bot.isolation.current_isolation_context
sinks:
  - id: config
    family: config_system
    symbol: bot.config.settings
    replace: bot.isolation.get_settings({context})
boundaries:
  - id: inbound
    function: bot.main.on_message
    origin: message
    create: "bot.isolation.context_from_message({parameter:raw})"
"""
# A rule for a tree that no pack is for: a name that few files have.
RARE_RULES = BOT_RULES.replace("bot.config.settings", "locale.getpreferredencoding").replace(
    "bot.main.on_message", "rlcompleter.readline")
MODULE_LINES = 500
METHOD = """\
    def step_{i}(self, message, depth={i}):
        \"\"\"Answers {i} of this handler, with the settings of the tenant.\"\"\"
        words = [word.strip() for word in message.text.split(",") if word]
        if settings.limits.get("step_{i}", {i}) > len(words):
            self.seen["{i}"] = {{"text": message.text, "count": len(words), "depth": depth + {i}}}
            return helper_{m}(message, *words)
        for number, word in enumerate(words):
            self.seen[word] = (number, word.lower(), f"{{word}}-{i}")
        return self.step_{j}(message, depth=depth - 1) if depth else None

"""


def module(number, lines):
    """A module of the generated bot: each of its methods reads the settings, or calls one that does."""
    methods = max(2, lines // METHOD.count("\n"))
    text = (f"from bot.config import settings\n\n\ndef helper_{number}(message, *words):\n"
            f"    return settings.texts.get(message.text, words)\n\n\nclass Handler{number}:\n"
            "    def __init__(self):\n        self.seen = {}\n\n")
    return text + "".join(METHOD.format(i=i, j=(i + 1) % methods, m=number) for i in range(methods))


def write(folder, path, text):
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def generate(folder, lines):
    """A bot of about LINES lines, all of which is involved."""
    count = max(1, lines // MODULE_LINES)
    write(folder, "weft.yml", BOT_RULES)
    write(folder, "bot/__init__.py", "")
    write(folder, "bot/config.py", "settings = object()\n")
    write(folder, "bot/isolation.py", "class IsolationContext:\n    pass\n\n\ndef current_isolation_context():\n"
          "    pass\n\n\ndef get_settings(context):\n    pass\n\n\ndef context_from_message(raw):\n    pass\n")
    for i in range(count):
        write(folder, f"bot/part_{i // 100}/handler_{i}.py", module(i, MODULE_LINES))
    imports = "".join(f"from bot.part_{i // 100}.handler_{i} import Handler{i}\n" for i in range(count))
    calls = "".join(f"    Handler{i}().step_0(raw)\n" for i in range(count))
    write(folder, "bot/main.py", f"{imports}\n\ndef on_message(raw):\n{calls}")


def copies(folder, tree, count):
    """TREE, COUNT times side by side."""
    for i in range(count):
        shutil.copytree(tree, os.path.join(folder, f"copy_{i}"), ignore=NOT_COPIED, symlinks=True)


def installed_python(folder):
    """The standard library and Debian's packages, with a rule for one rare name."""
    for name in (sysconfig.get_path("stdlib", vars={"installed_base": "/usr"}), "/usr/lib/python3/dist-packages"):
        if os.path.isdir(name):
            shutil.copytree(name, os.path.join(folder, os.path.basename(name)), ignore=NOT_COPIED,
                            ignore_dangling_symlinks=True)
    write(folder, "weft.yml", RARE_RULES)
