"""What was typed into a form becomes checked answers, or a Swedish sentence per field."""

from __future__ import annotations

import json
from typing import Any

import pytest

from processes.errors import AnswersRefused
from processes.forms import Choices, Form, Option, load_form

CHOICE = {
    "type": "string",
    "oneOf": [{"const": "open", "title": "Inled"}, {"const": "wait", "title": "Vänta"}],
}
CONSENTS = {
    "type": "array",
    "x-event": "samtycke.givet",
    "items": {
        "type": "object",
        "properties": {
            "giver": {"type": "integer", "format": "adult", "title": "Vem"},
            "valid_until": {"type": "string", "format": "date", "title": "Gäller till"},
            "informed": {"type": "boolean", "const": True, "title": "Upplyst om att det är frivilligt"},
        },
        "required": ["giver", "informed"],
    },
}
ANNA = Choices(
    {"adult": (Option(12, "Anna F-01"), Option(13, "Bo F-02")), "unit": (Option("vuxen", "Vuxenenheten"),)}
)


def form_of(fields: dict[str, dict[str, Any]], gate_level: str | None = None, **more: Any) -> Form:
    titled = {name: {"title": f"Fältet {name}", **spec} for name, spec in fields.items()}
    return load_form(json.dumps({"title": "Prova", "properties": titled, **more}).encode()).with_gate(
        gate_level
    )


def problem_with(form: Form, raw: Any, choices: Choices | None = None) -> dict[str, str]:
    with pytest.raises(AnswersRefused) as refused:
        form.read(raw, choices)
    return refused.value.problems


@pytest.mark.parametrize("said", ["okänt", " Okänd ", "SAKNAS"])
def test_a_number_that_nobody_knows_may_be_said_to_be_unknown(said: str) -> None:
    form = form_of({"id_number": {"type": "string", "title": "Nummer", "format": "personal-number"}})
    assert form.read({"id_number": said}, ANNA) == {}


@pytest.mark.parametrize(
    ("spec", "raw", "kept"),
    [
        ({"type": "string"}, "  Provgatan 1 ", "Provgatan 1"),
        ({"type": "string", "x-widget": "long"}, "en\r\ntvå", "en\ntvå"),
        ({"type": "string", "x-unit": "kr"}, "9 450,00", "9450.00"),
        ({"type": "string", "x-unit": "kr"}, "9\u00a0450 kr", "9450.00"),
        ({"type": "string", "x-unit": "kr"}, 9450, "9450.00"),
        ({"type": "string", "x-unit": "kr"}, 18200.5, "18200.50"),
        ({"type": "string", "x-unit": "kr"}, "-0", "0.00"),
        ({"type": "string", "format": "date"}, "2028-02-29", "2028-02-29"),
        ({"type": "string", "format": "date-time"}, "2026-01-15T14:05", "2026-01-15T13:05:00+00:00"),
        ({"type": "string", "format": "date-time"}, "2026-07-15 14:05", "2026-07-15T12:05:00+00:00"),
        ({"type": "string", "format": "date-time"}, "2026-07-15T12:05:00Z", "2026-07-15T12:05:00+00:00"),
        ({"type": "string", "format": "date-time"}, "2026-07-15T14:05:00+02:00", "2026-07-15T12:05:00+00:00"),
        ({"type": "string", "format": "date-time"}, "2026-10-25T02:30", "2026-10-25T00:30:00+00:00"),
        ({"type": "string", "format": "personal-number"}, "198404152392", "19840415-2392"),
        ({"type": "string", "format": "personal-number"}, "19701063-2391", "19701063-2391"),
        ({"type": "integer"}, 12, 12),
        ({"type": "number"}, 2.5, 2.5),
        ({"type": "boolean"}, False, False),
        ({"type": "integer", "format": "adult"}, 12, 12),
        ({"type": "string", "format": "unit"}, "vuxen", "vuxen"),
        (CHOICE, "open", "open"),
        ({"type": "array", "items": {"oneOf": CHOICE["oneOf"]}}, ["wait", "open", "wait"], ["open", "wait"]),
        ({"type": "array", "items": {"type": "integer", "format": "adult"}}, [13, 12], [12, 13]),
    ],
)
def test_an_answer_is_kept_in_one_form(spec: dict[str, Any], raw: Any, kept: Any) -> None:
    assert form_of({"field": spec}).read({"field": raw}, ANNA) == {"field": kept}


@pytest.mark.parametrize(
    ("spec", "raw", "told"),
    [
        ({"type": "string"}, 5, "ska vara text"),
        ({"type": "string"}, ["a"], "ska vara text"),
        ({"type": "string"}, "två\nrader", "bara ha en rad"),
        ({"type": "string", "x-widget": "long"}, "noll\x00tecken", "inte går att spara"),
        ({"type": "string"}, "\ud800", "inte går att spara"),
        ({"type": "string", "maxLength": 3}, "fyra", "högst 3 tecken, nu är det 4"),
        ({"type": "string", "minLength": 3}, "ab", "minst 3 tecken"),
        ({"type": "string", "pattern": "T-[0-9]+", "description": "Skriv T-nummer."}, "X", "Skriv T-nummer."),
        ({"type": "string", "x-unit": "kr"}, "9.450", "9 450,00"),
        ({"type": "string", "x-unit": "kr"}, "mycket", "9 450,00"),
        ({"type": "string", "x-unit": "kr"}, True, "9 450,00"),
        ({"type": "string", "x-unit": "kr"}, 10**300, "9 450,00"),
        ({"type": "string", "x-unit": "kr"}, "-5", "mindre än noll"),
        ({"type": "string", "x-unit": "kr", "maximum": 100}, "100,01", "högst 100"),
        ({"type": "string", "format": "date"}, "2026-02-29", "finns inte i almanackan"),
        ({"type": "string", "format": "date"}, "2026-13-01", "finns inte i almanackan"),
        ({"type": "string", "format": "date"}, "0000-01-01", "finns inte i almanackan"),
        ({"type": "string", "format": "date"}, "9/3 2026", "ÅÅÅÅ-MM-DD"),
        ({"type": "string", "format": "date"}, "20260309", "ÅÅÅÅ-MM-DD"),
        ({"type": "string", "format": "date"}, "2026-W10-1", "ÅÅÅÅ-MM-DD"),
        ({"type": "string", "format": "date"}, 20260309, "ÅÅÅÅ-MM-DD"),
        ({"type": "string", "format": "date"}, "1026-03-09", "mellan 1900 och 2100"),
        ({"type": "string", "format": "date-time"}, "2026-03-09", "ÅÅÅÅ-MM-DD TT:MM"),
        ({"type": "string", "format": "date-time"}, "2026-03-09T24:00", "Klockslaget 24:00"),
        ({"type": "string", "format": "date-time"}, "2026-02-30T10:00", "finns inte i almanackan"),
        ({"type": "string", "format": "date-time"}, "2026-03-29T02:30", "sommartid"),
        ({"type": "string", "format": "date-time"}, "2026-03-09T25:00:00Z", "finns inte"),
        ({"type": "string", "format": "personal-number"}, "19840415-2393", "kontrollsiffran"),
        ({"type": "string", "format": "personal-number"}, "19840231-2392", "finns inte i almanackan"),
        ({"type": "string", "format": "personal-number"}, "8404152392", "ÅÅÅÅMMDD-NNNN"),
        ({"type": "integer"}, "12", "heltal"),
        ({"type": "integer"}, 12.0, "heltal"),
        ({"type": "integer"}, True, "heltal"),
        ({"type": "integer", "minimum": 1}, 0, "minst 1"),
        ({"type": "number"}, float("nan"), "Skriv ett tal"),
        ({"type": "number"}, 10**300, "Skriv ett tal"),
        ({"type": "boolean"}, "ja", "ja eller nej"),
        ({"type": "boolean"}, 1, "ja eller nej"),
        ({"type": "boolean", "const": True}, False, "måste vara uppfyllt"),
        (CHOICE, "Open", "ett av alternativen"),
        (CHOICE, ["open"], "ett av alternativen"),
        ({"type": "integer", "format": "adult"}, 14, "ett av alternativen"),
        ({"type": "integer", "format": "adult"}, "12", "ett av alternativen"),
        ({"type": "integer", "format": "adult"}, True, "ett av alternativen"),
        ({"type": "integer", "format": "consent"}, 12, "ett av alternativen"),
        ({"type": "array", "items": {"oneOf": CHOICE["oneOf"]}}, "open", "lista av alternativ"),
        ({"type": "array", "items": {"oneOf": CHOICE["oneOf"]}}, [{}], "ett av alternativen"),
        (CONSENTS, {"giver": 12}, "lista av rader"),
        (CONSENTS, [1], "lista av rader"),
        ({**CONSENTS, "maxItems": 1}, [{}, {}], "högst 1 rader"),
        ({**CONSENTS, "minItems": 2}, [{"giver": 12, "informed": True}], "minst 2 rader"),
    ],
)
def test_a_wrong_answer_gets_its_own_sentence(spec: dict[str, Any], raw: Any, told: str) -> None:
    assert told in problem_with(form_of({"field": spec}), {"field": raw}, ANNA)["field"]


@pytest.mark.parametrize("raw", [{}, {"field": None}, {"field": ""}, {"field": "  "}])
@pytest.mark.parametrize("spec", [{"type": "string"}, CHOICE, {"type": "boolean"}, CONSENTS])
def test_a_required_field_without_an_answer_is_told(spec: dict[str, Any], raw: dict[str, Any]) -> None:
    form = form_of({"field": spec}, required=["field"])
    assert "Fältet field" in problem_with(form, raw)["field"]
    assert form_of({"field": spec}).read(raw) == {}


@pytest.mark.parametrize("name", ["typename", "other", "field-0-x", ""])
def test_an_unknown_field_is_refused(name: str) -> None:
    assert (
        "finns inte i formuläret"
        in problem_with(form_of({"field": CHOICE}), {"field": "open", name: "x"})[name]
    )


@pytest.mark.parametrize("raw", [None, [], "text", 3])
def test_answers_that_are_no_collection_of_fields_are_refused(raw: Any) -> None:
    assert "samling av fält" in problem_with(form_of({"field": CHOICE}), raw)[""]


def test_a_problem_in_a_row_has_the_name_that_the_page_gives_the_field() -> None:
    raw = {"consents": [{"giver": 12, "informed": True}, {"giver": 99, "informed": False, "typename": "x"}]}
    assert set(problem_with(form_of({"consents": CONSENTS}), raw, ANNA)) == {
        "consents-1-giver",
        "consents-1-informed",
        "consents-1-typename",
    }


FOLLOW_UP = form_of(
    {
        "reason": {"type": "string", "x-when": {"decision": ["wait"]}},
        "decision": CHOICE,
        "until": {"type": "string", "format": "date", "x-when": {"reason_is_long": True}},
        "reason_is_long": {"type": "boolean", "x-when": {"decision": ["wait"]}},
    },
    required=["decision", "reason", "until"],
)


def test_a_hidden_field_is_dropped_and_not_asked_for() -> None:
    assert FOLLOW_UP.read({"decision": "open", "reason": "glömdes kvar"}) == {"decision": "open"}


def test_what_a_hidden_field_decided_is_hidden_too() -> None:
    assert FOLLOW_UP.read({"decision": "open", "reason_is_long": True, "until": "inte ett datum"}) == {
        "decision": "open"
    }


def test_a_shown_field_is_asked_for() -> None:
    assert set(problem_with(FOLLOW_UP, {"decision": "wait", "reason_is_long": True})) == {"reason", "until"}


def test_a_question_answered_beforehand_is_not_shown_and_hides_what_it_hides() -> None:
    assert list(FOLLOW_UP.given("decision", "open").fields) == []
    shown = FOLLOW_UP.given("decision", "wait")
    assert list(shown.fields) == ["reason", "until", "reason_is_long"]
    assert shown.fields["reason"].when == {}
    assert shown.fields["until"].when == {"reason_is_long": True}
    with pytest.raises(KeyError):
        FOLLOW_UP.given("colour", "red")


def test_a_hard_gate_lets_the_step_be_ended_with_a_reason_and_nothing_else() -> None:
    form = form_of(
        {"decision": CHOICE, "informed": {"type": "boolean", "const": True}}, "hard", required=["decision"]
    )
    raw = {"cannot_be_done": True, "informed": False}
    assert set(problem_with(form, raw)) == {"cannot_be_done_reason"}
    done = form.read({**raw, "cannot_be_done_reason": "Samtycke saknas."})
    assert done == {"cannot_be_done": True, "cannot_be_done_reason": "Samtycke saknas."}
    assert set(problem_with(form, {"cannot_be_done": False})) == {"decision"}


def test_without_a_hard_gate_nothing_excuses_from_the_questions() -> None:
    assert set(
        problem_with(form_of({"decision": CHOICE}, required=["decision"]), {"cannot_be_done": True})
    ) == {
        "decision",
        "cannot_be_done",
    }


def test_a_reason_gate_takes_a_reason() -> None:
    form = form_of({"decision": CHOICE}, "reason")
    assert form.read({"gate_reason": "Brådskar."}) == {"gate_reason": "Brådskar."}


EVENTFUL = form_of(
    {"decision": CHOICE, "motive": {"type": "string"}, "consents": CONSENTS},
    "hard",
    **{
        "x-events": [
            {
                "name": "utredning.inledd",
                "when": {"decision": ["open"]},
                "fields": ["motive"],
                "map": {"choice": "decision"},
                "set": {"by_delegation": True},
            }
        ]
    },
)


def test_each_row_records_its_event_and_the_form_records_those_whose_condition_holds() -> None:
    rows = [{"giver": 12, "informed": True}, {"giver": 13, "informed": True}]
    answers = EVENTFUL.read({"decision": "open", "motive": "Vill ha hjälp.", "consents": rows}, ANNA)
    assert EVENTFUL.events(answers) == [
        ("samtycke.givet", rows[0]),
        ("samtycke.givet", rows[1]),
        ("utredning.inledd", {"motive": "Vill ha hjälp.", "choice": "open", "by_delegation": True}),
    ]


def test_an_event_whose_condition_does_not_hold_is_not_recorded() -> None:
    assert EVENTFUL.events({"decision": "wait"}) == []


def test_a_step_that_could_not_be_carried_out_records_nothing() -> None:
    assert EVENTFUL.events({"decision": "open", "cannot_be_done": True}) == []
