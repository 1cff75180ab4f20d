"""An exclusive choice has exactly one right way, and that is proved before the diagram is used."""

from __future__ import annotations

import pytest

from processes.engine import refusals_in
from tests.engine.drawn import Drawn, files_of


def said_of(*conditions: str | None, default: bool) -> list[str]:
    """What is said of a choice between these conditions."""
    drawn = Drawn().start().user("fraga").xor("val", default="standard" if default else None).end()
    drawn.flow("start", "fraga", "val")
    for letter, condition in zip("abcdef", conditions, strict=False):
        drawn.user(letter).flow("val", letter, when=condition).flow(letter, "slut")
    if default:
        drawn.flow("val", "slut", flow_id="standard")
    return [refusal.message for refusal in refusals_in(files_of(drawn), "prov")]


@pytest.mark.parametrize(
    "conditions",
    [
        ("paid",),
        ("decision == 'open'", "decision == 'closed'"),
        ("decision in ['open', 'new']", "decision == 'closed'"),
        ("paid", "not paid and late"),
        ("days < 0", "0 <= days < 7", "days >= 7 and days < 30"),
        ("kind == 'A' and days > 3", "kind == 'A' and days <= 3"),
        ("amount == 0", "amount > 0"),
        ("yes == True", "yes == False"),
        ("a > b", "a < b"),
        ("x if paid else False", "y and not paid"),
    ],
)
def test_conditions_that_exclude_each_other_are_accepted_with_a_default(conditions):
    assert said_of(*conditions, default=True) == []


@pytest.mark.parametrize(
    ("conditions", "example"),
    [
        (("paid", "late"), "late = ja, paid = ja"),
        (("decision == 'open'", "decision != 'closed'"), "decision = ”open”"),
        (("days < 7", "days < 3"), "days = 2"),
        (("days <= 7", "days >= 7"), "days = 7"),
        (("decision in ['a', 'b']", "decision in ['b', 'c']"), "decision = ”b”"),
        (("not paid", "paid == None"), "paid = okänt"),
    ],
)
def test_conditions_that_hold_together_are_refused_with_an_example(conditions, example):
    [message] = said_of(*conditions, default=True)
    assert "gäller samtidigt när" in message
    assert all(part in message for part in example.split(", "))


@pytest.mark.parametrize(
    "conditions",
    [
        ("paid", "not paid"),
        ("days < 3", "days >= 3"),
        ("kind == 'A'", "kind != 'A'"),
        ("kind in ['A']", "kind not in ['A']"),
    ],
)
def test_a_default_is_not_needed_when_one_of_the_conditions_always_holds(conditions):
    assert said_of(*conditions, default=False) == []


@pytest.mark.parametrize(
    ("conditions", "example"),
    [
        (("days < 3", "days > 3"), "days = 3"),
        (("kind == 'A'", "kind == 'B'"), "kind = något annat"),
        (("yes == True", "yes == False"), "yes = okänt"),
    ],
)
def test_a_choice_that_may_have_no_way_needs_a_default(conditions, example):
    [message] = said_of(*conditions, default=False)
    assert f"gäller när {example}; ange ett standardflöde" in message


def test_what_cannot_be_decided_needs_a_default():
    [message] = said_of("a > b", "a <= b", default=False)
    assert "inte att avgöra" in message
    assert said_of(*[f"a{n} == {n}" for n in range(6)], default=True) != []


def test_a_way_without_condition_must_be_the_default():
    assert said_of("paid", None, default=False) == ["Flödet från ”val” till ”b” saknar villkor."]


def test_a_default_may_not_have_a_condition():
    drawn = Drawn().start().user("a").xor("val", default="f3").end().end("s2").flow("start", "a", "val")
    drawn.flow("val", "slut", when="paid").flow("val", "s2", when="not paid")
    assert [
        "f3" in refusal.element or refusal.element == "val"
        for refusal in refusals_in(files_of(drawn), "prov")
    ] == [True]


def test_a_default_must_leave_the_choice_itself():
    drawn = Drawn().start().user("a").xor("val", default="f1").end().end("s2").flow("start", "a", "val")
    drawn.flow("val", "slut", when="paid").flow("val", "s2", when="not paid")
    assert [refusal.message for refusal in refusals_in(files_of(drawn), "prov")] == [
        "Standardflödet från ”val” finns inte."
    ]


def test_an_expression_outside_the_language_is_refused_on_its_flow():
    [message] = said_of("__import__('os')", default=True)
    assert message.startswith("Uttrycket ”__import__('os')” går inte att använda.")
