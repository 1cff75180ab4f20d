"""Nothing grows beyond what one reads in one go."""

from __future__ import annotations

import ast

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40


def test_no_module_is_longer_than_300_lines(modules):
    too_long = [
        f"{module}: {len(module.lines)}"
        for module in modules
        if len(module.lines) > LONGEST_MODULE and not module.is_migration
    ]
    assert too_long == []


def test_no_function_is_longer_than_40_lines(modules):
    too_long = [
        f"{module.at(function)} {function.name}: {length}"
        for module in modules
        if not module.is_migration
        for function in module.nodes(ast.FunctionDef, ast.AsyncFunctionDef)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ]
    assert too_long == []
