"""The few rules that hold the house up: who commits, who reads the clock, who may catch everything."""

from __future__ import annotations

import ast

CLOCK = "processes/clock.py"
CLOCK_READINGS = {
    ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip
TRANSACTION_ENDS = {"commit", "rollback"}


def last_name(expression: ast.expr) -> str:
    """`datetime` of both `datetime` and `datetime.datetime`."""
    if isinstance(expression, ast.Attribute):
        return expression.attr
    return expression.id if isinstance(expression, ast.Name) else ""


def reads_the_clock(call: ast.Call) -> bool:
    function = call.func
    return (
        isinstance(function, ast.Attribute) and (last_name(function.value), function.attr) in CLOCK_READINGS
    )


def test_only_one_module_reads_the_clock(modules):
    readers = {str(module) for module in modules for call in module.nodes(ast.Call) if reads_the_clock(call)}
    assert readers == {CLOCK}


def test_no_rule_asks_for_an_instant_of_its_own(modules):
    wall_clocks = [
        module.at(found)
        for module in modules
        if "rules" in module.path.parts or "engine" in module.path.parts
        for found in module.nodes(ast.Call)
        if last_name(found.func) == "SystemClock"
    ]
    assert wall_clocks == []


def test_whoever_calls_an_action_or_query_owns_the_transaction(modules):
    inside = {"actions", "operations", "queries"}
    ends = [
        module.at(call)
        for module in modules
        if inside & set(module.path.parts)
        for call in module.nodes(ast.Call)
        if isinstance(call.func, ast.Attribute) and call.func.attr in TRANSACTION_ENDS
    ]
    assert ends == []


def catches_everything(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or last_name(kind) in {"Exception", "BaseException"} for kind in kinds)


def test_whoever_catches_everything_says_why_beside_it(modules):
    silent = [
        module.at(handler)
        for module in modules
        for handler in module.nodes(ast.ExceptHandler)
        if catches_everything(handler) and "#" not in module.lines[handler.lineno - 1]
    ]
    assert silent == []


def test_an_exception_to_a_check_gives_its_reason(modules):
    bare = [
        f"{module}:{number}"
        for module in modules
        for number, line in enumerate(module.lines, start=1)
        if ("# noqa" in line or "# type: ignore" in line) and not gives_a_reason(line)
    ]
    assert bare == []


def gives_a_reason(line: str) -> bool:
    """The code of the check, and for ruff's rules a sentence after it; a type checker's code says it itself."""
    comment = line[line.index("#") :]
    if "# type: ignore" in comment and "# noqa" not in comment:
        return "ignore[" in comment
    return ": " in comment and len(comment.partition("noqa")[2].split()) >= 4


def test_nothing_is_switched_on_by_an_environment_variable_outside_the_settings(modules):
    readers = {
        str(module)
        for module in modules
        for call in module.nodes(ast.Call)
        if last_name(call.func) == "getenv"
        or (isinstance(call.func, ast.Attribute) and last_name(call.func.value) == "environ")
    }
    assert readers == set()
