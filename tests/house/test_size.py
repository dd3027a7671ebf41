"""Good and bad projects share the same medians; they differ in the tail."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import PACKAGES, files, modules, name, tree

FILE_LINES = 300
TEMPLATE_LINES = 120
FUNCTION_LINES = 40
METHODS = 12
NO_METHODS = {"step", "property", "cached_property"}
# A file of tests is a table one looks things up in; nobody reads it from the top.
TEST_LINES = 400
CODE = (*PACKAGES, "tests", "bench")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def length(function: Function) -> int:
    """Return the lines of a function, its decorators and docstring left out."""
    first = function.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    sentence = (first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - sentence


def methods(node: ast.ClassDef) -> int:
    """Count the methods; steps are articles of a statute, properties are columns."""
    return sum(
        isinstance(item, Function) and not used(item) & NO_METHODS for item in node.body
    )


def used(function: Function) -> set[str]:
    """Return the names of a function's decorators."""
    calls = (getattr(found, "func", found) for found in function.decorator_list)
    return {ast.unparse(call) for call in calls}


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    long = {name(path): lines(path) for path in modules(*PACKAGES, "bench")}

    assert {path: n for path, n in long.items() if n > FILE_LINES} == {}


def test_no_table_of_tests_is_endless() -> None:
    long = {name(path): lines(path) for path in modules("tests")}

    assert {path: n for path, n in long.items() if n > TEST_LINES} == {}


def test_no_template_is_longer_than_two_screens() -> None:
    long = {name(path): lines(path) for path in files("templates", suffix=".html")}

    assert {path: n for path, n in long.items() if n > TEMPLATE_LINES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{name(path)}:{function.name}": length(function)
        for path in modules(*CODE)
        for function in functions(path)
    }

    assert {where: n for where, n in long.items() if n > FUNCTION_LINES} == {}


def test_no_class_does_everything() -> None:
    many = {
        f"{name(path)}:{node.name}": methods(node)
        for path in modules(*PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    }

    assert {where: n for where, n in many.items() if n > METHODS} == {}
