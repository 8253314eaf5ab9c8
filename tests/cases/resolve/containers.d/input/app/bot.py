from collections import OrderedDict, defaultdict, deque
from typing import Dict, List
from app.tool import Tool
import itertools


class Pool:
    def __init__(self, first: Tool, given=None, *rest):
        self.sessions: dict[str, Tool] = {}
        self.first = first
        self.given = given
        self.made = defaultdict(Tool)
        self.lists = defaultdict(list)
        self.queue = deque()
        self.named = {"a": Tool(), "b": Tool()}
        self.pairs = [("a", Tool()), ("b", Tool())]
        self.typed: "Dict[str, List[Tool]]" = {}
        self.plain = {}

    def put(self, k):
        self.plain[k] = Tool()
        self.lists[k].append(Tool())
        self.queue.append(Tool())

    def b1(self, k):
        self.sessions[k].use()

    def b2(self):
        for s in self.sessions.values():
            s.use()

    def b3(self):
        for k, s in self.sessions.items():
            s.use()

    def b4(self, k):
        s = self.sessions.get(k)
        s.use()

    def b5(self, k):
        self.sessions.pop(k).use()
        self.sessions.pop(k, None).use()

    def b6(self, k):
        self.sessions.setdefault(k, Tool()).use()

    def b7(self):
        [s.use() for s in self.sessions.values()]

    def b8(self):
        for s in sorted(self.sessions.values(), key=lambda t: t.use()):
            s.use()

    def b9(self):
        for s in list(self.sessions.values())[:3]:
            s.use()

    def b10(self):
        next(iter(self.sessions.values())).use()
        next((s for s in self.sessions.values()), None).use()

    def b11(self):
        for i, s in enumerate(self.sessions.values()):
            s.use()
        for a, s in zip([1], self.sessions.values()):
            s.use()

    def b12(self, k):
        self.made[k].use()
        self.lists[k][0].use()
        self.queue.popleft().use()
        self.queue[0].use()
        for q in self.queue:
            q.use()

    def b13(self):
        a, b = self.named["a"], self.named["b"]
        a.use()
        b.use()
        for n, t in self.pairs:
            t.use()
        (n, t), *others = self.pairs
        t.use()

    def b14(self):
        self.first.use()
        self.given.use()

    def b15(self, k):
        for t in self.typed[k]:
            t.use()
        for ts in self.typed.values():
            for t in ts:
                t.use()
        for i, (k, ts) in enumerate(self.typed.items()):
            ts[0].use()

    def b16(self, k):
        self.plain[k].use()
        self.plain.get(k, None).use()
        copy = dict(self.plain)
        copy[k].use()
        merged = {**self.plain}
        merged[k].use()
        both = self.plain | {}
        both[k].use()

    def b17(self):
        tools = [Tool()] + [Tool()]
        tools[0].use()
        tools2 = [Tool() for _ in range(3)]
        tools2[-1].use()
        tools3 = {t for t in tools}
        tools3.pop().use()
        by = {i: t for i, t in enumerate(tools)}
        by[0].use()
        max(tools, key=lambda t: t.use()).use()
        for t in reversed(tools):
            t.use()
        for t in itertools.chain(tools, [None]):
            t.use()
        for t in filter(None, tools):
            t.use()
        first, *rest = tools
        first.use()
        for t in map(lambda x: x, tools):
            t.use()
        ys = tools * 2
        ys[0].use()

    def b18(self):
        key, tool = self.named.popitem()
        tool.use()
        any(t.use() for t in self.named.values())
        lst = list(self.named.items())
        lst[0][1].use()
        values = tuple(self.named.values())
        values[0].use()
        od = OrderedDict()
        od["x"] = Tool()
        od.move_to_end("x")
        od["x"].use()

    def b19(self):
        grouped = {}
        grouped.setdefault("a", []).append(Tool())
        grouped["a"][0].use()
        nested = {}
        nested["a"] = {}
        nested["a"]["b"] = Tool()
        nested["a"]["b"].use()
        state = {"tool": Tool(), "n": 1}
        state["tool"].use()
        t = state.get("tool") or None
        t.use()

    def b20(self, *args, **kwargs):
        args[0].use()
        kwargs["a"].use()
        for a in args:
            a.use()


def go():
    p = Pool(Tool(), Tool())
    p.b20(Tool(), a=Tool())
    g = Pool(first=Tool(), given=Tool())
    g.first.use()
    (lambda t: t.use())(Tool())
