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

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from processes.clock import swedish_day
from processes.models import Case, Task
from processes.queries.cases import has_number
from processes.rules.urgency import GROUPS, spans

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
    Task.on_hold_until,
)
"""What is looked at to count, besides when a task is due."""


class _Kind(NamedTuple):
    """Tasks that fall under the same choices of every filter: a thousand tasks are of few kinds."""

    when: str
    step: str
    title: str
    process_key: str
    unit: str
    also_unit: str | None
    claimed_by_id: int | None
    has_child: bool
    is_blocked: bool
    legal_limit: int
    """The shortest of LEGAL_DAYS within which the legal date falls; more than all of them when it does not."""


def kinds_among(tasks: Subquery, now: datetime) -> Select[Any]:
    """Asks how many of these tasks, with the columns of COUNTED, there are of each kind.

    The database puts them together: to fetch a thousand rows takes longer than all the rest of the page.
    """
    one, today = tasks.c, swedish_day(now)
    due = [(one.sorted_due_at < span.ends_at, name) for name, span in spans(now).items()]
    limits = [(one.legal_on <= today + timedelta(days=limit), limit) for limit in LEGAL_DAYS]
    worked_out = {
        "when": case((one.on_hold_until > now, "hold"), *due),
        "is_blocked": one.blocked_by != "",
        "legal_limit": case(*limits, else_=LEGAL_DAYS[-1] + 1),
    }
    columns = {name: worked_out[name] if name in worked_out else one[name] for name in _Kind._fields}
    kinds = select(*(column.label(name) for name, column in columns.items())).subquery()
    return select(*kinds.c, func.count()).group_by(*kinds.c)


def count_choices(rows: Sequence[Any], wanted: Wanted) -> Facets:
    """The numbers beside the filters of a list whose tasks, before any filter, are of these kinds (`kinds_among`)."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FILTERS}
    chosen = {name: getattr(wanted, name) for name in FILTERS}
    chosen["when"] = wanted.when or AWAKE
    titles: dict[str, str] = {}
    counted = 0
    for *values, how_many in rows:
        kind = _Kind(*values)
        titles[kind.step] = max(kind.title, titles.get(kind.step, ""))
        counted += how_many
        has = _traits(kind)
        misses = [name for name, choices in chosen.items() if choices and not choices & has[name]]
        for name in FILTERS:
            if not misses or misses == [name]:
                for choice in has[name]:
                    counts[name][choice] += how_many
    return Facets(counts, titles, is_cut=counted >= MOST_COUNTED)


def _traits(kind: _Kind) -> dict[str, frozenset[str]]:
    """Every choice of every filter that such a task falls under."""
    return {
        "when": frozenset({kind.when}),
        "step": frozenset({kind.step}),
        "process": frozenset({kind.process_key}),
        "unit": frozenset(filter(None, (kind.unit, kind.also_unit))),
        "holder": frozenset({NOBODY if kind.claimed_by_id is None else str(kind.claimed_by_id)}),
        "child": frozenset({YES} if kind.has_child else ()),
        "blocked": frozenset({YES} if kind.is_blocked else ()),
        "legal": frozenset(str(limit) for limit in LEGAL_DAYS if kind.legal_limit <= limit),
    }


class _Unsearched(FunctionElement[Any]):
    """A column that SQLite only looks at in rows that it has found by another. PostgreSQL chooses well by itself."""

    inherit_cache = True

    def __init__(self, column: InstrumentedAttribute[Any]) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(_Unsearched)
def _as_it_is(element: _Unsearched, compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(element.clauses, **how)


@compiles(_Unsearched, "sqlite")
def _with_a_plus(element: _Unsearched, compiler: SQLCompiler, **how: Any) -> str:
    return f"+{compiler.process(element.clauses, **how)}"  # which leaves the value, and takes it from every index


def conditions(
    wanted: Wanted, now: datetime, found_by: InstrumentedAttribute[Any] = Task.sorted_due_at
) -> list[ColumnElement[bool]]:
    """What a task must fulfil to be shown; a resting one is shown only to who asks for it.

    `found_by`, when it is due or its legal date, is what SQLite may look for in an index.
    """
    dates: tuple[InstrumentedAttribute[Any], ...] = (Task.sorted_due_at, Task.legal_on)
    due, legal = (date if date is found_by else _Unsearched(date) for date in dates)
    found = [_is_due(wanted.when, now, due)]
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
        found.append(legal <= _last_legal_day(wanted.legal, now))
    if wanted.text.strip():
        found.append(_is_named(wanted.text.strip()))
    return found


def _is_due(groups: Collection[str], now: datetime, due_at: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    rests = Task.on_hold_until > now
    does_not_rest = or_(Task.on_hold_until.is_(None), not_(rests))
    if not groups:
        return does_not_rest
    due = [
        and_(due_at >= span.begins_at, due_at < span.ends_at)
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
