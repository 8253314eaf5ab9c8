"""What can be picked: every function and method of a tree, with its qualified name."""
import ast
import random


def module_name(path):
    parts = list(path.with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts)


def functions_of(tree_ast, module):
    """Qualified names of the functions in a module, in the order of the text, each once."""
    found = {}

    def visit(node, prefix):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef):
                visit(child, f"{prefix}.{child.name}")
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                found[f"{prefix}.{child.name}"] = child
                visit(child, f"{prefix}.{child.name}.<locals>")
            else:
                visit(child, prefix)
    visit(tree_ast, module)
    return list(found)


def functions_in(root, runtime):
    """Qualified names of all functions in the tree at ROOT."""
    found = []
    for path in sorted(root.rglob("*.py")):
        module = module_name(path.relative_to(root))
        importable = all(part.isidentifier() for part in module.split("."))
        if module and importable and module != runtime:
            found += functions_of(ast.parse(path.read_bytes()), module)
    return found


def choose(functions, count, seed):
    """COUNT of the (tree, function) pairs; the same ones for the same SEED."""
    chosen = random.Random(seed).sample(functions, min(count, len(functions)))
    return sorted(chosen)
