"""The language of conditions can ask and compare, and nothing written in it can do anything else."""

from __future__ import annotations

import pytest

from processes.engine.assignments import read_assignments
from processes.engine.expressions import ExpressionFailed, Value, compile_expression, names_in
from processes.errors import ExpressionRefused

ATTACKS = [
    "__import__('os').system('true')",
    "open('/etc/passwd')",
    "().__class__.__bases__[0].__subclasses__()",
    "''.__class__.__mro__",
    "'{0.__class__}'.format(amount)",
    "'%s' % amount and f'{amount}'",
    "f'{amount}'",
    "f'' 'x'",
    "b'bytes'",
    "r'raw'",
    "u'text'",
    "lambda: 1",
    "(lambda: 1)()",
    "[x for x in [1]]",
    "[x for x in [1] for y in [1]] == []",
    "{x: 1}",
    "{1, 2}",
    "(x for x in y)",
    "(amount := 5)",
    "amount := 5",
    "9**9**9",
    "2 ** 8",
    "1 << 100",
    "1 | 2",
    "~1",
    "1 @ 2",
    "amount.real",
    "1.0.real",
    "amount[0]",
    "[1][0]",
    "amount()",
    "print(1)",
    "amount, other",
    "()",
    "(1, 2)",
    "*amount",
    "await amount",
    "yield",
    "x is None",
    "x is not None",
    "...",
    "1j",
    "0x10",
    "0b1",
    "1_000",
    "1e9",
    "1e999",
    "9999999999999999999999",
    "'a' 'b'",
    "'a\\x41'",
    "'''long'''",
    '"""long"""',
    "# comment",
    "1 # comment",
    "1; 2",
    "1\n2",
    "a = 1",
    "a == 1 = 2",
    "import os",
    "_secret",
    "a__b",
    "__name__",
    "å == 1",
    "аmount == 1",  # the first letter is Cyrillic
    "amount if",
    "if x else y",
    "not",
    "and",
    "== 1",
    "(1",
    "1)",
    "[1, 2",
    "x in (1, 2)",
    "x in 'abc'",
    "x in {1}",
    "+x",
    "x not",
    "1if x else 2",
    "1or 2",
    "",
    "   ",
    "\x00",
    "x\x00y",
    "(" * 50 + "1" + ")" * 50,
    "(" * 499 + "1" + ")" * 499,
    "not " * 200 + "x",
    "-" * 900 + "1",
    "[" * 300 + "]" * 300,
    "1+" * 400 + "1",
    "x" * 2000,
    "'" + "x" * 900 + "'",
    "a if b else " * 60 + "c",
    "a" * 100,
]


@pytest.mark.parametrize("text", ATTACKS)
def test_whatever_is_not_of_the_language_is_refused(text):
    with pytest.raises(ExpressionRefused):
        compile_expression(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("True", True),
        ("true", True),
        ("null", None),
        ("'kfm'", "kfm"),
        ('"kfm" + "."', "kfm."),
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("7 // 2 + 7 % 2", 4),
        ("1 / 4", 0.25),
        ("-amount", -5),
        ("amount > 3 and kind == 'A'", True),
        ("not (amount > 3) or unknown", False),
        ("kind in ['A', 'B']", True),
        ("kind not in ['A', 'B']", False),
        ("kind in listed", True),
        ("1 < amount <= 5", True),
        ("'late' if amount > 3 else 'early'", "late"),
        ("unknown == None", True),
        ("unknown", None),
        ("yes == 1", False),
        ("yes != true", False),
        ("kind < 'B'", True),
    ],
)
def test_an_expression_means_what_it_says(text, value):
    facts: dict[str, Value] = {"amount": 5, "kind": "A", "unknown": None, "yes": True, "listed": ("A", "C")}
    assert compile_expression(text).evaluate(facts.__getitem__) == value


@pytest.mark.parametrize(
    "text",
    [
        "kind > 3",
        "unknown < 3",
        "yes < 3",
        "kind + 1",
        "yes + 1",
        "kind * 3",
        "amount / 0",
        "amount % 0",
        "not kind",
        "kind and yes",
        "amount or yes",
        "kind if amount else yes",
        "amount in kind",
        "999999999999999 * 999999999999999",
        "big + big",
        "-unknown",
    ],
)
def test_values_that_do_not_fit_are_an_error_and_not_a_guess(text):
    facts: dict[str, Value] = {"amount": 5, "kind": "A", "unknown": None, "yes": True, "big": "x" * 1500}
    with pytest.raises(ExpressionFailed):
        compile_expression(text).evaluate(facts.__getitem__)


def test_what_stands_behind_a_settled_and_or_or_is_not_asked_for():
    asked: list[str] = []

    def no(name: str) -> bool:
        asked.append(name)
        return False

    compile_expression("first and second").evaluate(no)
    assert asked == ["first"]


def test_the_names_of_an_expression_are_known_without_running_it():
    assert names_in("a > 1 and (b or c in ['x']) and not true") == {"a", "b", "c"}


def test_an_expression_is_compiled_once():
    assert compile_expression("once == 1") is compile_expression("once == 1")


def test_a_script_is_assignments_from_the_top_down():
    assert read_assignments("a = 1\n\n  b = a + 1 ") == (("a", "1"), ("b", "a + 1"))


@pytest.mark.parametrize(
    "script",
    ["", "a", "a == 1", "a += 1", "a.b = 1", "a[0] = 1", "a = b = 1", "a, b = 1", "for x in y: a = 1",
     "import os", "a = __import__('os')", "a = 1; b = 2", "_a = 1", "a =", "if x:\n  a = 1", "a = 1\n" * 21],
)  # fmt: skip
def test_a_script_can_do_nothing_but_assign(script):
    with pytest.raises(ExpressionRefused):
        read_assignments(script)
