"""Tests that cannot fail: a loop over nothing checks nothing.

``for task in some(unit.tasks)`` fails when there is no task; ``cannot_fail`` finds tests whose only assertions are in a loop
over what may be empty.
"""

import ast
import re


def some(things):
    """These things as a list, which must not be empty."""
    found = list(things)
    assert found, "there is nothing here to check"
    return found


LOOPS = (ast.For, ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
# What has as many items as its argument, and methods of literals.
SAME = {"enumerate", "zip", "sorted", "reversed", "list", "tuple", "set", "dict", "iter", "product", "permutations"}
OF_LITERAL = {"items", "values", "keys", "split", "splitlines"}


def filled(node, known):
    """Whether this surely has items: a literal, ``range(3)``, ``some(…)``, or a name that is known to have them."""
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return any(not isinstance(one, ast.Starred) or filled(one.value, known) for one in node.elts)
    if isinstance(node, ast.Dict):
        return any(key or filled(value, known) for key, value in zip(node.keys, node.values, strict=True))
    if isinstance(node, ast.Constant):
        return bool(node.value)
    if isinstance(node, ast.BinOp):
        return filled(node.left, known) or filled(node.right, known)
    if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
        return all(filled(one.iter, known) and not one.ifs for one in node.generators)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in ("some", "range", "combinations"):
            return node.func.id == "some" or all(isinstance(one, ast.Constant | ast.UnaryOp) for one in node.args)
        return node.func.id in SAME and bool(node.args) and all(filled(one, known) for one in node.args)
    if isinstance(node, ast.Subscript):
        return filled(node.value, known)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OF_LITERAL:
        return filled(node.func.value, known)
    return ast.unparse(node) in known


def bound(body, known):
    """The names that a list of statements binds to something with items."""
    found = set(known)
    for line in body:
        if isinstance(line, ast.Assign) and filled(line.value, found):
            found |= {ast.unparse(target) for target in line.targets}
    return found


def in_loop(node, known):
    """Whether this assertion holds without looking at anything when the loop inside it has nothing to loop over."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return isinstance(node.operand, LOOPS) or called(node.operand, "any")
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq):
        return any(isinstance(one, LOOPS) for one in (node.left, *node.comparators)) and any(
            isinstance(one, ast.List | ast.Set) and not one.elts for one in (node.left, *node.comparators)
        )
    return called(node, "all")


def called(node, name):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def outside_loops(node, known, checks):
    """Whether anything below this is asserted at all events; what is asserted to be there is known from then on."""
    if isinstance(node, ast.For) and not filled(node.iter, known):
        return False
    if isinstance(node, ast.Assert):
        if not isinstance(node.test, ast.UnaryOp):
            known.update(ast.unparse(one) for one in ast.walk(node.test) if isinstance(one, ast.expr))
        inner = [one.generators[0].iter for one in ast.walk(node.test) if isinstance(one, LOOPS[1:])]
        return not in_loop(node.test, known) or all(filled(one, known) for one in inner)
    if isinstance(node, ast.With) and any("raises" in ast.unparse(one.context_expr) for one in node.items):
        return True
    if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in checks:
        return True
    if isinstance(node, ast.Assign) and filled(node.value, known):
        known.update(ast.unparse(target) for target in node.targets)
    # All of it, so that what is asserted first is known for what comes after.
    return any([outside_loops(one, known, checks) for one in ast.iter_child_nodes(node)])  # noqa: C419


def cannot_fail(text):
    """The names of the tests in a module that pass when their data are empty."""
    module = ast.parse(text)
    helpers = {one.name: one for one in ast.walk(module) if isinstance(one, ast.FunctionDef)}
    # What is imported from a file of helpers is taken to check something when its name says so.
    checks = {"fail", "check_call"}
    known = bound(module.body, ())
    for _ in range(3):  # a helper may call another one
        left = {name: one for name, one in helpers.items() if name not in checks}
        checks |= {name for name, one in left.items() if outside_loops(one, set(known), checks)}
    return [
        name
        for name, one in helpers.items()
        if name.startswith("test_") and name not in checks and re.search(r"assert |raises\(", ast.unparse(one))
    ]
