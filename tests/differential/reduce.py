"""Makes a failing program smaller while it fails in the same way: first steps of the recipe, then statements."""
import ast

from program import Program


def reduce_recipe(recipe, fails):
    """RECIPE without the steps that the failure does not need; FAILS(program) says whether it is still there."""
    size = max(1, (len(recipe) - 1) // 2)
    while True:
        at = 1  # the first step stays: others call it
        while at < len(recipe):
            smaller = recipe[:at] + recipe[at + size:]
            if fails(Program(smaller)):
                recipe = smaller
            else:
                at += size
        if size == 1:
            break
        size //= 2
    return move_together(recipe, fails)


def move_together(recipe, fails):
    """All steps in one module, if it fails so too."""
    together = [step._replace(module=0) for step in recipe]
    return together if together != recipe and fails(Program(together)) else recipe


def reduce_files(files, fails):
    """FILES without the statements that the failure does not need; FAILS(files) says whether it is still there."""
    files, changed = dict(files), True
    while changed:
        changed = False
        for path in sorted(files):
            if not path.endswith(".py") or path == "app/tenants.py":
                continue
            for smaller in without_statements(files, path):
                if fails(smaller):
                    files, changed = smaller, True
                    break
    return files


def without_statements(files, path):
    """FILES with one statement of PATH less, for each of them, the last first."""
    lines = files[path].splitlines(keepends=True)
    tree = ast.parse(files[path])
    blocks = [getattr(node, field) for node in ast.walk(tree) for field in ("body", "orelse", "finalbody")
              if isinstance(getattr(node, field, None), list)]
    for statement, is_alone in sorted(((s, len(block) == 1) for block in blocks for s in block),
                                      key=lambda pair: -pair[0].lineno):
        first = min([statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", []))]) - 1
        if is_alone and not isinstance(tree.body[0], type(statement)) and statement not in tree.body:
            if isinstance(statement, ast.Pass):
                continue
            indent = lines[statement.lineno - 1][:statement.col_offset]
            if indent.strip():
                continue
            filler = [indent + "pass\n"]
        else:
            filler = []
        text = "".join(lines[:first] + filler + lines[statement.end_lineno:])
        try:
            compile(text, path, "exec", dont_inherit=True)
        except SyntaxError:
            continue
        yield {**files, path: text}
