"""Tells a scenario as a person would: who does what and when, with the answers, and what must be true afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from processes.diagrams.story_words import EXPECTED, act_in_words, value_in_words
from processes.forms import Field, Form
from processes.scenarios.vocabulary import Vocabulary

REFUSED: Final = {
    "GateClosed": "En spärr är stängd",
    "AnswersRefused": "Svaren godtas inte",
    "NotOfThisUnit": "Personen hör inte till enheten",
    "NotAllowed": "Personen får inte",
    "TaskNotFound": "Uppgiften finns inte längre",
    "TaskAlreadyClaimed": "Någon annan har tagit uppgiften",
}
"""Why a step is refused; another reason is shown by its name."""


@dataclass(frozen=True, slots=True)
class Line:
    """A name and what it is."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Retold:
    """A step of a scenario in words."""

    number: int
    at: str
    """ÅÅÅÅ-MM-DD TT:MM; empty if no time passes."""
    act: str
    note: str
    answers: tuple[Line, ...]
    refused: str
    """Why the step must be refused; empty if it must not."""
    expected: tuple[Line, ...]


def retell(steps: tuple[Mapping[str, Any], ...], known: Vocabulary) -> list[Retold]:
    """Every step in words; names that the vocabulary does not have stand as they are."""
    words = known.words
    return [_step(number, step, known, words) for number, step in enumerate(steps, start=1)]


def _step(number: int, step: Mapping[str, Any], known: Vocabulary, words: Mapping[str, str]) -> Retold:
    who = str(step.get("who", ""))
    act = act_in_words({**step, "who": words.get(who, who)} if who else step, words)
    form = "notice" if "notice" in step else step.get("task", step.get("event", ""))
    given = step.get("notice", step.get("answers", {}))
    return Retold(
        number=number,
        at=str(step.get("at", "")),
        act=f"{act[:1].upper()}{act[1:]}.",
        note=" ".join(str(step.get("note", "")).split()),
        answers=tuple(_answers(given, known.forms.get(form), words)),
        refused=_refusal(step.get("refused")),
        expected=tuple(
            Line(EXPECTED.get(key, key), _expectation(key, value, known, words))
            for key, value in step.get("expect", {}).items()
        ),
    )


def _refusal(refused: Mapping[str, Any] | None) -> str:
    if refused is None:
        return ""
    because = str(refused["because"])
    says = f", och skälet nämner ”{refused['says']}”" if "says" in refused else ""
    return f"{REFUSED.get(because, because)}{says}"


def _answers(given: Mapping[str, Any], form: Form | None, words: Mapping[str, str]) -> Iterator[Line]:
    fields = form.fields if form else {}
    for name, value in given.items():
        field = fields.get(name)
        yield Line(field.label if field else name, _answer(value, field, words))


def _answer(value: Any, field: Field | None, words: Mapping[str, str]) -> str:
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        columns = {column.name: column for column in field.columns} if field else {}
        rows = [
            ", ".join(
                f"{columns[name].label if name in columns else name}: {_answer(one, columns.get(name), words)}"
                for name, one in row.items()
            )
            for row in value
        ]
        return "; ".join(rows)
    options = {str(option.value): option.title for option in field.options} if field else {}
    return value_in_words(value, {**words, **options})


def _expectation(key: str, value: Any, known: Vocabulary, words: Mapping[str, str]) -> str:
    if key in ("deadlines", "readings", "explained") and isinstance(value, dict):
        titled = {name: _deadline(str(name), known) for name in value}
        return value_in_words({titled[name]: one for name, one in value.items()}, words)
    return value_in_words(value, words)


def _deadline(name: str, known: Vocabulary) -> str:
    rule, _, about = name.partition(" ")
    title = known.deadlines.get(rule)
    return f"{title} ({name})" if title else f"{rule} {about}".strip()
