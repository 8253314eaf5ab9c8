"""Programs by seed: a recipe (which feature stands in which module) and the files that it gives.

Each step of a recipe writes one function `fN(key)` that returns a text, and calls functions of earlier steps.
What a step writes depends on its own seed only, so that a recipe without some of its steps is a program too.
"""
import collections
import random
import string
import textwrap

from features import FEATURES, ROOT

Step = collections.namedtuple("Step", "number feature module seed")
Function = collections.namedtuple("Function", "module name is_async number")

CONFIG = '''\
import os


class Settings:
    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.level = len(owner)
        self.seen = []

    def label(self, key: str) -> str:
        return f"{self.owner}/{key}"

    @property
    def title(self) -> str:
        return self.owner.title()


settings = Settings(os.environ.get("TENANT", "default"))


def get_settings() -> Settings:
    return settings
'''
# What a person writes beside the rules. The tenant `default` is the one that the process has.
TENANTS = '''\
from app.isolation import IsolationContext, enter_isolation

_settings = {}


def settings_of(context):
    from app import config
    if context.tenant_id == "default":
        return config.settings
    if context.tenant_id not in _settings:
        _settings[context.tenant_id] = config.Settings(context.tenant_id)
    return _settings[context.tenant_id]


def enter_context_of(message):
    context = IsolationContext(message.tenant, "default")
    enter_isolation(context)
    return context
'''
MAIN = '''\
import asyncio
import sys
import traceback
$imports

class Message:
    def __init__(self, number: int, tenant: str) -> None:
        self.number = number
        self.tenant = tenant

    def say(self, step: int, value: object) -> None:
        print(f"{self.tenant} f{step} {value}")


async def handle(message: Message) -> None:
$calls

async def main(tenants: list[str]) -> None:
    """The first message of each tenant at the same time, then one after the other."""
    messages = [Message(number, tenant) for number, tenant in enumerate(tenants * 2)]
    await asyncio.gather(*(asyncio.create_task(handle(message)) for message in messages[:len(tenants)]))
    for message in messages[len(tenants):]:
        await asyncio.create_task(handle(message))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
'''
CALL = '''\
    try:
        message.say($step, $call)
    except Exception as error:
        traceback.print_exc()
        message.say($step, type(error).__name__)
'''
RULES = '''\
version: 1
packs: []
runtime: { package: app.isolation }
context:
  parameter: isolation_context
  type: app.isolation.IsolationContext
  dimensions: [tenant_id, agent_id, platform, chat_stream_id]
  ambient: app.isolation.current_isolation_context
  accessor_decorator: app.isolation.isolated_accessor
  ambient_instance: app.isolation.ambient_instance
sinks:
  - { id: settings, family: config_system, symbol: app.config.settings, replace: "app.tenants.settings_of({context})" }
  - { id: getter, family: config_system, call: app.config.get_settings, replace: "app.tenants.settings_of({context})" }
'''
RULES_END = '''\
singletons: { find: true, keyed_by: [tenant_id] }
boundaries:
  - id: inbound
    function: app.main.handle
    origin: message
    create: "app.tenants.enter_context_of({parameter:message})"
'''


class Module:
    """The text of one file: imports first, then what the steps wrote."""

    def __init__(self, name):
        self.name = name
        self.imports = {}  # text -> None, in order
        self.chunks = []   # (number of the step, text)

    def render(self):
        lines = list(self.imports)
        owners = [None] * len(lines)
        for number, text in self.chunks:
            chunk = ["", "", *text.splitlines()]
            lines += chunk
            owners += [number] * len(chunk)
        return "\n".join(lines) + "\n", owners


class Build:
    """What a feature sees of the program: its own step, and the functions before it."""

    def __init__(self, program, step):
        self.program, self.step = program, step
        self.module = program.modules.setdefault(step.module, Module(f"m{step.module}"))
        self.random = random.Random(step.seed)
        self.name = f"f{step.number}"
        self.readers = 0

    def use(self, sync=True):
        """An earlier function, as this module names it; with SYNC false it may be a coroutine function."""
        return self.own_reader() if self.random.random() < 0.4 else self.import_function(self.pick(sync))

    def own_reader(self):
        """A function of this step that reads the settings: what others do with theirs does not concern it."""
        self.readers += 1
        name = f"read{self.step.number}_{self.readers}"
        self.write("""
            def $name(key):
                return $settings.owner + key
            """, name=name, settings=self.settings())
        return name

    def pick(self, sync=True):
        program = self.program
        wanted = self.random.randrange(max(1, self.step.number))
        fit = [f for f in program.functions if not (sync and f.is_async) and f.module <= self.step.module]
        found = min(fit, key=lambda f: (abs(f.number - wanted), f.number))
        program.uses[self.step.number].add(found.number)
        return found

    def call(self, argument="key"):
        """An expression that calls an earlier function, awaited where need be. Only for coroutine functions."""
        if self.random.random() < 0.4:
            return f"{self.own_reader()}({argument})"
        function = self.pick(sync=False)
        text = f"{self.import_function(function)}({argument})"
        return f"await {text}" if function.is_async else text

    def import_function(self, function):
        if function.module == self.step.module:
            return function.name
        style = self.random.randrange(5)
        where, name = f"m{function.module}", function.name
        if style == 0:
            self.need(f"from app import {where}")
            return f"{where}.{name}"
        if style == 1:
            self.need(f"import app.{where}")
            return f"app.{where}.{name}"
        if style == 2:
            self.need(f"from .{where} import {name} as other_{name}")
            return f"other_{name}"
        self.need(f"from app.{where} import {name}" if style == 3 else f"from .{where} import {name}")
        return name

    def need(self, statement):
        self.module.imports[statement] = None

    def settings(self):
        """The settings of the process, as this module names them."""
        style = self.random.randrange(4)
        if style == 0:
            self.need("from app import config")
            return "config.settings"
        if style == 1:
            self.need("from app.config import get_settings")
            return "get_settings()"
        self.need("from app.config import settings" if style == 2 else "from .config import settings")
        return "settings"

    def rule(self, text):
        """One more sink; MODULE in it is the module of this step."""
        self.program.sinks.append("  - " + text.replace("MODULE", f"app.{self.module.name}") + "\n")

    def write(self, text, **words):
        """Appends TEXT to the module. `$f` is the function to write, `$n` its number."""
        words = {"f": self.name, "n": str(self.step.number), **words}
        text = string.Template(textwrap.dedent(text).strip("\n")).substitute(words)
        self.module.chunks.append((self.step.number, text))


class Program:
    """The files of a recipe, and which step wrote what and calls whom."""

    def __init__(self, recipe):
        self.recipe = recipe
        self.modules, self.functions, self.sinks = {}, [], []
        self.uses = collections.defaultdict(set)
        for step in recipe:
            feature = FEATURES[step.feature]
            feature.write(Build(self, step))
            self.functions.append(Function(step.module, f"f{step.number}", feature.is_async, step.number))
        self.files, self.owners = self.render()

    def render(self):
        files = {"app/__init__.py": "", "app/config.py": CONFIG, "app/tenants.py": TENANTS,
                 "app/main.py": self.main(), "weft.yml": RULES + "".join(self.sinks) + RULES_END}
        owners = {}
        for module in self.modules.values():
            path = f"app/{module.name}.py"
            files[path], owners[path] = module.render()
        return files, owners

    def main(self):
        modules = [f"from app import {module.name}" for module in self.modules.values()]
        calls = []
        for at, function in enumerate(self.functions):
            call = f'm{function.module}.{function.name}("k{at % 3}")'
            calls.append(string.Template(CALL).substitute(
                step=function.number, call=f"await {call}" if function.is_async else call))
        return string.Template(MAIN).substitute(imports="\n".join(modules) + "\n", calls="".join(calls))

    def below(self, number):
        """The steps whose code runs when step NUMBER runs."""
        found, todo = set(), [number]
        while todo:
            at = todo.pop()
            if at not in found:
                found.add(at)
                todo += self.uses[at]
        return found


def recipe_of(seed, most=12):
    """The recipe of SEED: up to MOST steps after the first, which reads the settings."""
    dice = random.Random(seed)
    names = sorted(name for name in FEATURES if name != ROOT)
    modules = dice.randint(1, 4)
    count = dice.randint(2, most)
    places = sorted(dice.randrange(modules) for _ in range(count))
    steps = [Step(0, ROOT, 0, dice.random())]
    return steps + [Step(i + 1, dice.choice(names), places[i], dice.random()) for i in range(count)]
