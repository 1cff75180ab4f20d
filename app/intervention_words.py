"""Says in words what an intervention leads to, from its effects and from what the journal has kept of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from app.display import moment, short_day
from app.labels import label
from app.texts import t
from processes.actions.interventions.orders import Target
from processes.actions.interventions.pictures import Change, Effect
from processes.actions.interventions.sending import LETTER
from processes.rules.interventions import Kind

CODES = {
    "unit": "unit",
    "phase": "phase",
    "outcome": "outcome",
    "priority": "priority",
    "priority_by_hand": "priority",
}
"""Values that are codes, and of which family."""
DAYS = frozenset({"suspended_until", "rests_until"})
"""Instants at which a Swedish day begins."""
TITLES = {"letter": "letter", "mail": "mail", "notification": "unit", "failure": "job"}
"""Kinds of things whose title is a code."""


def target_title(kind: Kind, target: Target) -> str:
    """What can be chosen, by its name; letters, mails and jobs are known by codes."""
    if kind.key == "skicka-om":
        return label("letter" if target.group == LETTER else "mail", target.title)
    return label("job", target.title) if kind.key == "forsok-igen" else target.title


def grouped(effects: Iterable[Effect]) -> dict[str, list[tuple[str, list[str]]]]:
    """The effects under their headings, each as its title and a line for each value that is another or new."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for one in effects:
        heading = label("effect", f"{one.kind}_{one.change}")
        lines = [_line(one, change) for change in one.changes]
        found.setdefault(heading, []).append(
            (title_of(one.kind, one.title), [line for line in lines if line])
        )
    return found


def title_of(kind: str, title: str) -> str:
    """What the thing is called."""
    if kind == "case":
        return t("Ärendet")
    return label(TITLES[kind], title) if kind in TITLES else title


def _line(effect: Effect, change: Change) -> str:
    name = label("effect_value", change.name)
    was, becomes = _written(change.name, change.was), _written(change.name, change.becomes)
    if effect.change == "goes" or (effect.change == "appears" and not change.becomes):
        return ""
    if isinstance(change.becomes, bool):
        return name if change.becomes else t("inte längre: {what}", what=name)
    if was and becomes:
        return t("{name}: från {was} till {becomes}", name=name, was=was, becomes=becomes)
    return f"{name}: {becomes}" if becomes else t("inte längre: {what}", what=f"{name} {was}")


def _written(name: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return t("ja") if value else t("nej")
    if isinstance(value, datetime):
        return short_day(value) if name in DAYS else moment(value)
    if isinstance(value, date):
        return short_day(value)
    return label(CODES[name], value) if name in CODES else str(value)


def kept_words(kept: Iterable[Mapping[str, Any]]) -> list[str]:
    """What a line of the journal has kept of how things stood: a sentence for each."""
    return [_kept(one) for one in kept]


def _kept(one: Mapping[str, Any]) -> str:
    title = title_of(str(one.get("kind")), str(one.get("title", "")))
    values = [
        label("effect_value", name)
        if value is True
        else f"{label('effect_value', name)} {_written(name, _revived(value))}"
        for name, value in one.items()
        if name not in ("kind", "title") and value is not False
    ]
    return f"{title} ({', '.join(values)})" if values else title


def _revived(value: object) -> object:
    """An instant or a day as it was before it was written as text."""
    if not isinstance(value, str):
        return value
    try:
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except ValueError:
        return value
