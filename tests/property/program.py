"""A small resolver of names over a tree, apart from weft's: scopes, imports, classes, `self` and `super()`.

It answers only where the answer is certain: a name that its scope binds once, a method that a class or a base
in the tree defines once. All else is None.
"""
import ast
import collections

Reference = collections.namedtuple("Reference", "node scope call")  # call: the Call whose callee it is


class Function:
    def __init__(self, module, node, scope, qualified):
        self.module, self.node, self.scope, self.qualified = module, node, scope, qualified
        self.decorators = [ast.unparse(d) for d in getattr(node, "decorator_list", [])]

    def is_plain(self):
        return not set(self.decorators) - {"staticmethod", "classmethod"}


class Class:
    def __init__(self, module, node, scope, qualified):
        self.module, self.node, self.scope, self.qualified = module, node, scope, qualified
        self.body = None


class Instance:
    def __init__(self, klass, is_super=False):
        self.klass, self.is_super = klass, is_super


class Scope:
    def __init__(self, kind, parent, owner=None):
        self.kind, self.parent, self.owner = kind, parent, owner
        self.bindings = collections.defaultdict(list)
        self.elsewhere = {}  # name -> scope, by global and nonlocal

    def bind(self, name, what=None):
        self.elsewhere.get(name, self).bindings[name].append(what)


class Module(ast.NodeVisitor):
    """Scopes and references of one file."""

    def __init__(self, name, path, tree):
        self.name, self.path = name, path
        self.is_package = path.endswith("__init__.py")
        self.top = self.scope = Scope("module", None, self)
        self.has_star = False
        self.references = collections.defaultdict(list)  # last name -> references
        self.stored = set()                              # names of attributes that are assigned
        self.callees = {}
        self.bases = set()                               # of attributes: the value itself goes nowhere
        self.definitions = []
        self.prefix = name
        self.visit(tree)

    def inside(self, scope, prefix, nodes):
        outer = self.scope, self.prefix
        self.scope, self.prefix = scope, prefix
        for node in nodes:
            self.visit(node)
        self.scope, self.prefix = outer

    # ---- bindings
    def visit_FunctionDef(self, node):
        qualified = f"{self.prefix}.{node.name}"
        function = Function(self, node, self.scope, qualified)
        self.definitions.append(function)
        self.scope.bind(node.name, function)
        for part in (*node.decorator_list, *self.header(node.args), node.returns):
            if part:
                self.visit(part)
        self.enter(function, node, f"{qualified}.<locals>", node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        for part in self.header(node.args):
            self.visit(part)
        self.enter(Function(self, node, self.scope, "<lambda>"), node, self.prefix, [node.body])

    @staticmethod
    def header(args):
        rows = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
        notes = [a.annotation for a in rows if a and a.annotation]
        return [*args.defaults, *(d for d in args.kw_defaults if d), *notes]

    def enter(self, function, node, prefix, body):
        scope = Scope("function", self.scope, function)
        for part in walk_scope(body):
            if isinstance(part, ast.Global):
                scope.elsewhere.update(dict.fromkeys(part.names, self.top))
            elif isinstance(part, ast.Nonlocal):
                for name in part.names:
                    scope.elsewhere[name] = find_scope(self.scope, name)
        args = node.args
        for place, row in enumerate([*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg,
                                     args.kwarg]):
            if row:
                scope.bind(row.arg, ("parameter", place, function))
        self.inside(scope, prefix, body)

    def visit_ClassDef(self, node):
        klass = Class(self, node, self.scope, f"{self.prefix}.{node.name}")
        self.scope.bind(node.name, klass)
        for part in (*node.decorator_list, *node.bases, *(k.value for k in node.keywords)):
            self.visit(part)
        klass.body = Scope("class", self.scope, klass)
        self.inside(klass.body, klass.qualified, node.body)

    def visit_comprehension_like(self, node):
        scope = Scope("comprehension", self.scope)
        self.visit(node.generators[0].iter)
        rest = [part for g in node.generators for part in (g.target, *g.ifs)]
        rest += [g.iter for g in node.generators[1:]]
        values = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self.inside(scope, self.prefix, rest + values)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_comprehension_like

    def visit_NamedExpr(self, node):
        scope = self.scope
        while scope.kind == "comprehension":
            scope = scope.parent
        scope.bind(node.target.id)
        self.visit(node.value)

    def visit_Import(self, node):
        for alias in node.names:
            name = alias.asname or alias.name.split(".")[0]
            self.scope.bind(name, ("module", alias.name if alias.asname else name))

    def visit_ImportFrom(self, node):
        base = self.name.split(".")
        if node.level:
            base = base[:len(base) - node.level + self.is_package]
            path = ".".join(base + ([node.module] if node.module else []))
        else:
            path = node.module
        for alias in node.names:
            if alias.name == "*":
                self.has_star = True
            else:
                self.scope.bind(alias.asname or alias.name, ("name", path, alias.name))

    def visit_ExceptHandler(self, node):
        if node.name:
            self.scope.bind(node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node):
        if node.name:
            self.scope.bind(node.name)
        self.generic_visit(node)

    visit_MatchStar = visit_MatchAs

    def visit_MatchMapping(self, node):
        if node.rest:
            self.scope.bind(node.rest)
        self.generic_visit(node)

    # ---- references
    def visit_Call(self, node):
        self.callees[node.func] = node
        self.generic_visit(node)

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Load):
            self.refer(node, node.id)
        else:
            self.scope.bind(node.id)

    def visit_Attribute(self, node):
        if isinstance(node.ctx, ast.Load):
            self.refer(node, node.attr)
        else:
            self.stored.add(node.attr)
        self.bases.add(node.value)
        self.visit(node.value)

    def refer(self, node, name):
        self.references[name].append(Reference(node, self.scope, self.callees.get(node)))


def walk_scope(nodes):
    """The statements below NODES that run in the same scope."""
    todo = list(nodes)
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            todo.extend(ast.iter_child_nodes(node))


def find_scope(scope, name):
    while scope.parent and (scope.kind == "class" or name not in scope.bindings):
        scope = scope.parent
    return scope


class Program:
    """The modules of a tree."""

    def __init__(self, modules):
        self.modules = modules  # dotted name -> Module
        self.stored = set().union(*(m.stored for m in modules.values()))

    def changed(self, modules):
        return Program({**self.modules, **modules})

    def bound(self, module, name):
        """What a module's name is; None when that is not certain."""
        module = self.modules.get(module)
        if not module:
            return None
        inner = f"{module.name}.{name}"
        if name in module.top.bindings:
            if module.is_package and inner in self.modules:
                return None
            return self.follow(module.top.bindings[name])
        return self.modules.get(inner)

    def follow(self, bindings):
        if len(bindings) != 1 or bindings[0] is None:
            return None
        what = bindings[0]
        if not isinstance(what, tuple):
            return what
        if what[0] == "module":
            return self.modules.get(what[1])
        if what[0] == "name":
            return self.bound(what[1], what[2])
        _, place, function = what
        owner = function.scope.owner
        if place == 0 and isinstance(owner, Class) and "staticmethod" not in function.decorators:
            return owner if "classmethod" in function.decorators else Instance(owner)
        return None

    def resolve(self, node, scope):
        if isinstance(node, ast.Name):
            start = scope
            while scope:
                if (scope.kind != "class" or scope is start) and node.id in scope.elsewhere:
                    scope = scope.elsewhere[node.id]
                if (scope.kind != "class" or scope is start) and node.id in scope.bindings:
                    return self.follow(scope.bindings[node.id])
                scope = scope.parent
            return None
        if isinstance(node, ast.Call):
            return self.resolve_super(node, scope)
        if not isinstance(node, ast.Attribute):
            return None
        base = self.resolve(node.value, scope)
        if isinstance(base, Module):
            return self.bound(base.name, node.attr)
        if isinstance(base, Instance):
            return None if node.attr in self.stored else self.method(base.klass, node.attr,
                                                                     base.is_super)
        if isinstance(base, Class):
            return None if node.attr in self.stored else self.method(base, node.attr)
        return None

    def resolve_super(self, node, scope):
        if not (isinstance(node.func, ast.Name) and node.func.id == "super" and not node.args):
            return None
        while scope and scope.kind != "function":
            scope = scope.parent
        owner = scope and scope.owner.scope.owner
        # A class with several bases, or a subclass with several, decides by its own order.
        return Instance(owner, True) if isinstance(owner, Class) else None

    def method(self, klass, name, above=False, seen=()):
        """The function that a class or its bases define; None when that is not certain."""
        if klass in seen:
            return None
        if not above and name in klass.body.bindings:
            found = self.follow(klass.body.bindings[name])
            return found if isinstance(found, Function) else None
        if len(klass.node.bases) != 1:
            return None
        base = self.resolve(klass.node.bases[0], klass.scope)
        return self.method(base, name, False, (*seen, klass)) if isinstance(base, Class) else None

    def constructor(self, klass):
        """The __init__ that making an instance runs; None when that is not certain."""
        if klass.node.keywords or klass.node.decorator_list or self.method(klass, "__new__"):
            return None
        return self.method(klass, "__init__")
