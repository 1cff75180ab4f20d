"""What somebody wants to see of a list of the inbox: the filters, what each would leave, and their conditions.

The numbers beside the filters are counted over at most MOST_COUNTED tasks, the most urgent: nobody needs to know
whether a choice has 1,200 or 1,300 tasks behind it, and a list of a million opens as fast as one of ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, not_, or_, select

from processes.clock import swedish_day
from processes.models import Case, Task
from processes.queries.cases import has_number
from processes.rules.urgency import GROUPS, group_of, spans

MOST_COUNTED = 1000
NOBODY = "ingen"
"""Stands among the holders for a task that nobody has claimed."""
LEGAL_DAYS = (2, 7, 14)
"""Within how many days the next legal date falls; each choice includes the ones before it."""
YES = "ja"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The choices of a reader; nothing chosen in a filter means that it does not matter."""

    when: frozenset[str] = frozenset()
    """Groups of rules/urgency.py."""
    step: frozenset[str] = frozenset()
    process: frozenset[str] = frozenset()
    unit: frozenset[str] = frozenset()
    holder: frozenset[str] = frozenset()
    """Ids of caseworkers as text, or NOBODY."""
    child: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()
    legal: frozenset[str] = frozenset()
    """Numbers of LEGAL_DAYS as text."""
    text: str = ""
    """A case number, the beginning or the last digits of one, or words of a step's title."""

    @property
    def is_everything(self) -> bool:
        """Nothing is chosen."""
        return self == EVERYTHING

    def with_only_resting(self) -> Wanted:
        """The same of what rests."""
        return replace(self, when=frozenset({"hold"}))

    def without(self, name: str) -> Wanted:
        """The same with one filter set back."""
        return replace(self, **{name: type(getattr(self, name))()})


EVERYTHING = Wanted()
AWAKE = frozenset(GROUPS) - {"hold"}
"""What a list shows unless somebody asks for what rests."""
FILTERS = tuple(one.name for one in fields(Wanted) if one.name != "text")


@dataclass(frozen=True, slots=True)
class Facets:
    """For each filter how many tasks each of its choices would show, all other filters being as they are."""

    counts: Mapping[str, Counter[str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    """The title of each step that was met."""
    is_cut: bool = False
    """Only the MOST_COUNTED most urgent were counted."""


COUNTED = (
    Task.step,
    Task.title,
    Task.process_key,
    Task.unit,
    Task.also_unit,
    Task.claimed_by_id,
    Task.has_child,
    Task.blocked_by,
    Task.legal_on,
    Task.due_at,
    Task.on_hold_until,
)


def count_choices(rows: Sequence[Any], wanted: Wanted, now: datetime) -> Facets:
    """The numbers beside the filters of a list whose tasks, before any filter, are these rows of COUNTED."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FILTERS}
    chosen = {name: getattr(wanted, name) for name in FILTERS}
    chosen["when"] = wanted.when or AWAKE
    today = swedish_day(now)
    for kind, how_many in Counter(_kind_of(row, now, today) for row in rows).items():
        has = _traits(kind)
        misses = [name for name, choices in chosen.items() if choices and not choices & has[name]]
        for name in FILTERS:
            if not misses or misses == [name]:
                counts[name].update(dict.fromkeys(has[name], how_many))
    titles = {row.step: row.title for row in rows}
    return Facets(counts, titles, is_cut=len(rows) >= MOST_COUNTED)


class _Kind(NamedTuple):
    """Tasks that fall under the same choices of every filter: a thousand tasks are of few kinds."""

    when: str
    step: str
    process: str
    unit: str
    also_unit: str | None
    holder: str
    has_child: bool
    is_blocked: bool
    legal_limit: int
    """The shortest of LEGAL_DAYS within which the legal date falls; more than all of them when it does not."""


def _kind_of(row: Any, now: datetime, today: date) -> _Kind:
    days = (row.legal_on - today).days
    return _Kind(
        group_of(row.due_at, now, row.on_hold_until),
        row.step,
        row.process_key,
        row.unit,
        row.also_unit,
        NOBODY if row.claimed_by_id is None else str(row.claimed_by_id),
        row.has_child,
        bool(row.blocked_by),
        next((limit for limit in LEGAL_DAYS if days <= limit), LEGAL_DAYS[-1] + 1),
    )


def _traits(kind: _Kind) -> dict[str, frozenset[str]]:
    """Every choice of every filter that such a task falls under."""
    return {
        "when": frozenset({kind.when}),
        "step": frozenset({kind.step}),
        "process": frozenset({kind.process}),
        "unit": frozenset(filter(None, (kind.unit, kind.also_unit))),
        "holder": frozenset({kind.holder}),
        "child": frozenset({YES} if kind.has_child else ()),
        "blocked": frozenset({YES} if kind.is_blocked else ()),
        "legal": frozenset(str(limit) for limit in LEGAL_DAYS if kind.legal_limit <= limit),
    }


def conditions(wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    """What a task must fulfil to be shown; a resting one is shown only to who asks for it."""
    found = [_is_due(wanted.when, now)]
    if wanted.step:
        found.append(Task.step.in_(wanted.step))
    if wanted.process:
        found.append(Task.process_key.in_(wanted.process))
    if wanted.unit:
        found.append(or_(Task.unit.in_(wanted.unit), Task.also_unit.in_(wanted.unit)))
    if wanted.holder:
        found.append(_is_held_by(wanted.holder))
    if wanted.child:
        found.append(Task.has_child.is_(True))
    if wanted.blocked:
        found.append(Task.blocked_by != "")
    if wanted.legal:
        found.append(Task.legal_on <= _last_legal_day(wanted.legal, now))
    if wanted.text.strip():
        found.append(_is_named(wanted.text.strip()))
    return found


def _is_due(groups: Collection[str], now: datetime) -> ColumnElement[bool]:
    rests = Task.on_hold_until > now
    does_not_rest = or_(Task.on_hold_until.is_(None), not_(rests))
    if not groups:
        return does_not_rest
    due = [
        and_(Task.sorted_due_at >= span.begins_at, Task.sorted_due_at < span.ends_at)
        for name, span in spans(now).items()
        if name in groups
    ]
    awake = [and_(does_not_rest, or_(*due))] if due else []
    return or_(*awake, *([rests] if "hold" in groups else []))


def _is_held_by(holders: Collection[str]) -> ColumnElement[bool]:
    ids = [int(one) for one in holders if one != NOBODY]
    is_theirs = Task.claimed_by_id.in_(ids)
    return or_(is_theirs, Task.claimed_by_id.is_(None)) if NOBODY in holders else is_theirs


def _last_legal_day(choices: Collection[str], now: datetime) -> date:
    return swedish_day(now) + timedelta(days=max(int(one) for one in choices))


def _is_named(text: str) -> ColumnElement[bool]:
    numbered = Task.case_id.in_(select(Case.id).where(has_number(text)))
    return numbered if text.isdecimal() else or_(numbered, Task.title.icontains(text, autoescape=True))


def is_choice(name: str, value: str) -> bool:
    """Whether the filter can have this choice at all, whatever somebody wrote into an address."""
    if name == "when":
        return value in GROUPS
    if name == "holder":
        return value == NOBODY or (value.isascii() and value.isdecimal() and len(value) < 19)
    if name == "legal":
        return value in map(str, LEGAL_DAYS)
    if name in {"child", "blocked"}:
        return value == YES
    return 0 < len(value) <= 100


def choices_of(name: str, facets: Facets, wanted: Wanted) -> Sequence[str]:
    """The choices to offer: those that leave something, and those that are chosen, the largest first."""
    counted = facets.counts.get(name, Counter())
    fixed = {"when": GROUPS, "legal": tuple(map(str, LEGAL_DAYS)), "child": (YES,), "blocked": (YES,)}.get(
        name
    )
    if fixed is not None:
        return [one for one in fixed if counted[one] or one in getattr(wanted, name)]
    chosen = [one for one in sorted(getattr(wanted, name)) if one not in counted]
    return [one for one, _ in sorted(counted.items(), key=lambda found: (-found[1], found[0]))] + chosen
