"""Judges a rewritten file by CPython alone: what was added is what weft may add, all else is as it was.

The new text is parsed by `ast`, everything that threading may add is taken out again, and what is left must
be the tree of the old text. Lines are compared by `difflib`, comments by `tokenize`.
"""
import ast
import collections
import difflib
import io
import re
import tokenize

PARAMETER = "weft_context"
AMBIENT = "current_context"
BLOCKS = ("body", "orelse", "finalbody")
# The parameter in a docstring's list, in the styles of Google, NumPy and Sphinx.
LISTED = re.compile(rf"\n[ \t]*(?::(?:param|type) {PARAMETER}:.*|{PARAMETER} : .*\n.*|{PARAMETER}(?: \(.*\))?:.*)")


class Wrong(Exception):
    """A property that does not hold."""


def last_name(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)


def is_context(node):
    if isinstance(node, ast.IfExp):  # ambient() if context is None else context
        return (isinstance(node.test, ast.Compare) and last_name(node.test.left) == PARAMETER and
                is_context(node.body) and last_name(node.orelse) == PARAMETER)
    # By another name where the module has its own for something else.
    ambient = (isinstance(node, ast.Call) and last_name(node.func) in (AMBIENT, f"weft_{AMBIENT}") and
               not node.args)
    return ambient or last_name(node) == PARAMETER


def is_binder(node):
    return (isinstance(node, ast.Call) and last_name(node.func) == "partial" and
            len(node.args) == 1 and [k.arg for k in node.keywords] == [PARAMETER])


class Strip(ast.NodeTransformer):
    """Takes out what threading adds, and complains about additions of another shape."""

    def __init__(self, runtime, old_constructors):
        self.runtime, self.old_constructors = runtime, old_constructors
        self.path = []

    def generic_visit(self, node):
        super().generic_visit(node)
        for field in BLOCKS:
            block = getattr(node, field, None)
            if isinstance(block, list):
                block[:] = [s for s in block if not self.is_added(s)]
        return node

    def visit_Call(self, node):
        self.generic_visit(node)
        added = [k for k in node.keywords if k.arg == PARAMETER]
        if not added:
            return node
        if len(added) > 1 or not is_context(added[0].value):
            raise Wrong(f"line {node.lineno}: '{ast.unparse(added[0].value)}' is passed as context")
        if is_binder(node):
            return node.args[0]
        node.keywords.remove(added[0])
        return node

    def visit_arguments(self, node):
        self.generic_visit(node)
        for place, row in enumerate(node.kwonlyargs):
            if row.arg == PARAMETER:
                del node.kwonlyargs[place], node.kw_defaults[place]
                break
        return node

    def visit_ClassDef(self, node):
        self.path.append(node.name)
        new = [s for s in node.body if self.is_added_constructor(s)]
        for constructor in new:
            node.body.remove(constructor)
        self.generic_visit(node)
        self.path.pop()
        return node

    def visit_FunctionDef(self, node):
        self.path.append(node.name)
        self.generic_visit(node)
        self.path.pop()
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Expr(self, node):
        """A docstring that lists the parameters lists this one."""
        self.generic_visit(node)
        if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            node.value.value = LISTED.sub("", node.value.value)
        return node

    def is_added_constructor(self, node):
        return (isinstance(node, ast.FunctionDef) and node.name == "__init__" and
                [a.arg for a in node.args.kwonlyargs] == [PARAMETER] and
                tuple(self.path) not in self.old_constructors and
                all(self.is_added(s) for s in node.body))

    def is_added(self, node):
        if isinstance(node, ast.ImportFrom):
            return node.module == self.runtime
        if isinstance(node, ast.Import):
            return [a.name for a in node.names] == [self.runtime]
        if isinstance(node, ast.If):  # if context is None: context = ambient()
            return (isinstance(node.test, ast.Compare) and last_name(node.test.left) == PARAMETER and
                    all(self.is_added(s) for s in node.body) and not node.orelse)
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            return last_name(node.targets[0]) == PARAMETER and is_context(node.value)
        return False


class Plain(ast.NodeTransformer):
    """Brings both texts to one form where weft may write either: binders' imports, lone fillers, the
    arguments that a declared callable takes, which make way for one that takes the context, and the `**_`
    of a lambda that lets it pass (`**_ignored` where it has a `_`)."""

    def visit_Lambda(self, node):
        self.generic_visit(node)
        if node.args.kwarg and node.args.kwarg.arg in ("_", "_ignored"):
            node.args.kwarg = None
        return node

    def visit_Subscript(self, node):
        self.generic_visit(node)
        if last_name(node.value) == "Callable" and isinstance(node.slice, ast.Tuple):
            node.slice.elts[0] = ast.Constant(...)
        return node

    def visit_ImportFrom(self, node):
        if node.module == "functools" and not node.level:
            node.names = [a for a in node.names if (a.name, a.asname) != ("partial", None)]
        return node if node.names else None

    def visit_Import(self, node):
        node.names = [a for a in node.names if (a.name, a.asname) != ("functools", None)]
        return node if node.names else None

    def visit_ClassDef(self, node):
        self.generic_visit(node)
        if len(node.body) == 1 and (isinstance(node.body[0], ast.Pass) or
                                    ast.unparse(node.body[0]) == "..."):
            node.body.clear()
        return node


def constructors_in(tree):
    """Paths of the classes and functions around each constructor."""
    found = set()

    def visit(node, path):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                if child.name == "__init__":
                    found.add(path)
                visit(child, (*path, child.name))
            else:
                visit(child, path)
    visit(tree, ())
    return found


def difference(before, after, runtime):
    """Where the text AFTER without the additions is another program than BEFORE; None when it is not."""
    old, new = ast.parse(before), ast.parse(after)
    new = Strip(runtime, constructors_in(old)).visit(new)
    first, second = ast.dump(Plain().visit(old)), ast.dump(Plain().visit(new))
    if first == second:
        return None
    at = next((i for i, (a, b) in enumerate(zip(first, second)) if a != b),
              min(len(first), len(second)))
    return (f"  before ...{first[max(0, at - 150):at + 150]}\n"
            f"  after  ...{second[max(0, at - 150):at + 150]}")


class Text:
    """A file by its top-level statements; the lines of one begin after those of the one before."""

    def __init__(self, data):
        self.encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        self.lines = data.splitlines(keepends=True)
        self.tree = ast.parse(data)
        self.body = self.tree.body
        starts = [0] + [node.end_lineno for node in self.body]
        self.parts = [b"".join(self.lines[a:b]) for a, b in zip(starts, starts[1:])]

    def text_of(self, first, end):
        return b"".join(self.parts[first:end]).decode(self.encoding)


def check_statements(old, new, runtime):
    """What is left of the program NEW without the additions is OLD, with the same comments."""
    blocks = difflib.SequenceMatcher(None, old.parts, new.parts, False).get_opcodes()
    for kind, a, b, c, d in blocks:
        if kind == "equal":
            continue  # the same text is the same tree
        before, after = old.text_of(a, b), new.text_of(c, d)
        wrong = difference(before, after, runtime)
        if wrong:
            raise Wrong("the program is another one:\n" + wrong)
        before, after = comments_in(before), comments_in(after)
        if before != after:
            raise Wrong(f"comments differ: lost {before - after}, gained {after - before}")


def comments_in(text):
    return collections.Counter(t.string for t in tokenize.generate_tokens(io.StringIO(text).readline)
                               if t.type == tokenize.COMMENT)


def is_subsequence(short, long):
    rest = iter(long)
    return all(byte in rest for byte in short)


def without_declared_arguments(text):
    """TEXT with `...` for the list of each `Callable[[...], ...]`; it has no white space."""
    start = text.find(b"Callable[[")
    while start >= 0:
        first = end = start + len(b"Callable[")
        depth = 0
        while end < len(text):
            depth += (text[end] == ord("[")) - (text[end] == ord("]"))
            end += 1
            if not depth:
                break
        text = text[:first] + b"..." + text[end:]
        start = text.find(b"Callable[[", first)
    return text


def check_lines(before, after):
    """Lines are the same bytes, gain bytes, or are new; none loses one, but for a filler and the arguments
    of a declared callable."""
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after).get_opcodes():
        if kind in ("equal", "insert"):
            continue
        lost = b"".join(b"".join(before[a:b]).split())
        now = b"".join(b"".join(after[c:d]).split())
        if b"..." in now:  # with the lines in front, where `Callable[` may stand
            lost, now = (without_declared_arguments(b"".join(b"".join(lines[max(0, at - 3):end]).split()))
                         for lines, at, end in ((before, a, b), (after, c, d)))
        if lost not in (b"pass", b"...") and not is_subsequence(lost, now):
            raise Wrong(f"lines {a + 1}-{b} lose text:\n" +
                        b"".join(before[a:b] + [b"  are now\n"] + after[c:d]).decode("utf-8", "replace"))


def check_file(path, before, data, runtime):
    """The Text of DATA, the rewritten PATH; raises Wrong when it is not what BEFORE may become."""
    try:
        after = Text(data)
        compile(after.tree, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as mistake:
        raise Wrong(f"{path} does not compile: {mistake}") from mistake
    try:
        check_lines(before.lines, after.lines)
        check_statements(before, after, runtime)
    except Wrong as mistake:
        raise Wrong(f"{path}: {mistake}") from mistake
    return after
