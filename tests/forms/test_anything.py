"""Whatever is given to a form, it is read or refused, and what is read stays as it is."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processes.errors import AnswersRefused
from tests.forms.test_reading import ANNA, CHOICE, CONSENTS, form_of

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
EVERY_KIND: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "long": {"type": "string", "x-widget": "long"},
    "choice": CHOICE,
    "choices": {"type": "array", "items": {"oneOf": CHOICE["oneOf"]}},
    "yes_no": {"type": "boolean"},
    "tick": {"type": "boolean", "x-widget": "checkbox"},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
    "money": {"type": "string", "x-unit": "kr"},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
    "identity": {"type": "string", "format": "personal-number"},
    "person": {"type": "integer", "format": "adult"},
    "persons": {"type": "array", "items": {"type": "integer", "format": "adult"}},
    "consents": CONSENTS,
}
WHOLE_FORM = form_of(EVERY_KIND)
date_like = st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)?\Z")


@unhurried
@given(st.dictionaries(st.sampled_from(list(EVERY_KIND)), json_values | date_like))
def test_whatever_is_given_is_read_or_refused_and_reading_again_changes_nothing(raw: dict[str, Any]) -> None:
    try:
        answers = WHOLE_FORM.read(raw, ANNA)
    except AnswersRefused:
        return
    assert json.loads(json.dumps(answers)) == answers
    json.dumps(answers, ensure_ascii=False).encode()
    assert WHOLE_FORM.read(answers, ANNA) == answers


@unhurried
@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_an_amount_written_the_swedish_way_loses_nothing(amount: Any) -> None:
    written = f"{amount:,.2f}".replace(",", " ").replace(".", ",")
    assert WHOLE_FORM.read({"money": written}) == {"money": f"{amount:.2f}"}


@unhurried
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_of_the_calendar_can_be_written(day: Any) -> None:
    assert WHOLE_FORM.read({"day": day.isoformat()}) == {"day": day.isoformat()}
