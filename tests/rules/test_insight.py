"""To whom a file may be handed out, example by example; whoever is in doubt gets no."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.rules.insight import (
    CIRCLE,
    DEAD,
    HEAD_FOR_PROTECTED,
    HEAD_FOR_YOUNG,
    OWN_FILE,
    TO_GUARDIAN,
    HandingOut,
    Recipient,
    objection_to,
    tells_reporter,
)

SELF, GUARDIAN, REPRESENTATIVE = Recipient.SELF, Recipient.GUARDIAN, Recipient.REPRESENTATIVE


def asked(recipient: Recipient, age: int | None, **said: bool) -> HandingOut:
    plain = HandingOut(
        recipient,
        age,
        is_child=age is not None and age < 18,
        has_died=False,
        is_protected=False,
        sees_everything=True,
        decides_on_secrecy=False,
    )
    facts: dict[str, Any] = dict(said)
    return replace(plain, **facts)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (asked(SELF, 40), None),
        (asked(SELF, 15), None),
        (asked(SELF, 14), TO_GUARDIAN),
        (asked(SELF, None), None),
        (asked(SELF, None, is_child=True), TO_GUARDIAN),
        (asked(SELF, 40, sees_everything=False), CIRCLE),
        (asked(SELF, 40, sees_everything=False, decides_on_secrecy=True), CIRCLE),
        (asked(SELF, 40, has_died=True, decides_on_secrecy=True), DEAD),
        (asked(SELF, 40, is_protected=True), None),
        (asked(GUARDIAN, 8), None),
        (asked(GUARDIAN, None, is_child=True), None),
        (asked(GUARDIAN, 8, is_protected=True), HEAD_FOR_PROTECTED),
        (asked(GUARDIAN, 8, is_protected=True, decides_on_secrecy=True), None),
        (asked(GUARDIAN, 15), HEAD_FOR_YOUNG),
        (asked(GUARDIAN, 17, decides_on_secrecy=True), None),
        (asked(GUARDIAN, 18), OWN_FILE),
        (asked(GUARDIAN, 18, is_child=True, decides_on_secrecy=True), OWN_FILE),
        (asked(GUARDIAN, None), OWN_FILE),
        (asked(REPRESENTATIVE, 40), None),
        (asked(REPRESENTATIVE, 40, has_died=True), DEAD),
        (asked(REPRESENTATIVE, 40, has_died=True, decides_on_secrecy=True), None),
    ],
)
def test_the_table_of_examples(question: HandingOut, answer: str | None) -> None:
    assert objection_to(question) == answer


@given(
    st.builds(
        HandingOut,
        recipient=st.sampled_from(Recipient),
        age=st.none() | st.integers(0, 100),
        is_child=st.booleans(),
        has_died=st.booleans(),
        is_protected=st.booleans(),
        sees_everything=st.booleans(),
        decides_on_secrecy=st.booleans(),
    )
)
def test_protection_never_opens_what_was_shut(question: HandingOut) -> None:
    if objection_to(replace(question, is_protected=True)) is None:
        assert objection_to(replace(question, is_protected=False)) is None
    if objection_to(question) is None:
        assert question.sees_everything


@pytest.mark.parametrize(
    ("key", "said_by", "tells"),
    [
        ("informant_name", "relative", True),
        ("informant", "other_private", True),
        ("source", "other", True),
        ("reporter_name", "school", True),
        ("informant_name", "landlord", False),
        ("source", "school", False),
        ("amount_due", "relative", False),
    ],
)
def test_what_may_show_a_private_reporter_is_kept_back(key: str, said_by: str, *, tells: bool) -> None:
    assert tells_reporter(key, said_by) is tells
