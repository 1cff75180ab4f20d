"""How much stands at each step of a diagram, for the heat map: read from numbers that were counted beforehand.

A diagram can be a process of its own, a part that other processes call, or both. What is counted at its own steps is
everything that stands there, whichever process called it; a step that calls a part has what stands within that part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import add

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, defer

from processes.diagrams.shelf import EVENT_FORMS
from processes.engine import Bundle, Step
from processes.errors import DiagramNotFound
from processes.models import Caseworker, DiagramVersion, StepCount
from processes.queries.access import must_be_allowed
from processes.queries.diagrams import DiagramShelf, Published, current_diagrams
from processes.rules.counted_ages import AGES, youngest

Place = tuple[str, str, str]
"""Process, version and step."""


@dataclass(frozen=True, slots=True)
class Heat:
    """What stands at one step."""

    how_many: int = 0
    overdue: int = 0
    resting: int = 0
    unclaimed: int = 0
    waiting: int = 0
    """Processes that await a timer there; not among `how_many`."""
    ages: Counter[str] = field(default_factory=Counter)
    oldest_at: datetime | None = None

    def __add__(self, other: Heat) -> Heat:
        """Both together."""
        oldest = [at for at in (self.oldest_at, other.oldest_at) if at is not None]
        return Heat(
            self.how_many + other.how_many,
            self.overdue + other.overdue,
            self.resting + other.resting,
            self.unclaimed + other.unclaimed,
            self.waiting + other.waiting,
            self.ages + other.ages,
            min(oldest, default=None),
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the heat map is narrowed to; empty = all."""

    process: str = ""
    """The process that was started, for a part that several call."""
    version: str = ""
    unit: str = ""
    period: str = ""
    """The oldest group of rules/counted_ages.py that is still counted."""


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A diagram with what stands at its steps."""

    key: str
    title: str
    drawn_from: Published
    """The published process, and version, in which the diagram is drawn."""
    roots: Mapping[str, str]
    """The processes in which it occurs, by key, with their titles."""
    versions: Sequence[DiagramVersion]
    """The versions one can choose: the current one and those on which something stands; newest first."""
    heat: Mapping[str, Heat]
    """By step of the diagram; a step that calls a part has the part's."""
    elsewhere: Mapping[str, Heat]
    """By step that the drawn version does not have any more, or not yet."""

    @property
    def steps(self) -> list[Step]:
        """The diagram's own steps at which something can stand, in its order."""
        return [step for step in self.drawn_from.bundle.steps.values() if step.process_key == self.key]

    @property
    def total(self) -> Heat:
        """Everything that stands in the diagram and in the parts it calls."""
        return reduce(add, [*self.heat.values(), *self.elsewhere.values()], Heat())


def diagrams_with_heat(session: Session, caseworker: Caseworker) -> list[tuple[DiagramVersion, Heat]]:
    """Every published process with what stands in it, in the order of its title. Raises NotAllowed."""
    must_be_allowed("supervise", caseworker)
    found: dict[str, Heat] = {}
    for (root, _, _), heat in _counted(session, caseworker, None, Chosen()).items():
        found[root] = found.get(root, Heat()) + heat
    drawn = [one for one in current_diagrams(session) if one.process_key != EVENT_FORMS]
    return [(one, found.get(one.process_key, Heat())) for one in drawn]


def heat_map_of(
    session: Session, shelf: DiagramShelf, caseworker: Caseworker, key: str, chosen: Chosen
) -> HeatMap:
    """The diagram with what stands at its steps. Raises NotAllowed, and DiagramNotFound for what is not published.

    A version can be chosen where one process is looked at; otherwise all count, on the drawing that is current.
    """
    must_be_allowed("supervise", caseworker)
    current = {one.process_key: one for one in current_diagrams(session) if one.process_key != EVENT_FORMS}
    shelved = {root: shelf.get(session, root, one.version) for root, one in current.items()}
    roots = {root: current[root].title for root, one in shelved.items() if _draws(one.bundle, key)}
    if not roots:
        raise DiagramNotFound(key)
    asked = [chosen.process] if chosen.process in roots else list(roots)
    root = key if key in asked else asked[0]
    counted = _counted(session, caseworker, asked, chosen)
    versions: Sequence[DiagramVersion] = []
    drawn = shelved[root]
    if len(asked) == 1:
        versions = _versions(session, root, {version for _, version, _ in counted})
        if chosen.version in {one.version for one in versions}:
            drawn = shelf.get(session, root, chosen.version)
            counted = {place: heat for place, heat in counted.items() if place[1] == chosen.version}
    heat, elsewhere = _laid_out(drawn.bundle, key, counted)
    return HeatMap(key, _title(drawn.bundle, key), drawn, roots, versions, heat, elsewhere)


def step_names(session: Session, shelf: DiagramShelf) -> dict[str, str]:
    """What each step of the published processes is called, by its id, which no two diagrams share."""
    names: dict[str, str] = {}
    for one in current_diagrams(session):
        if one.process_key != EVENT_FORMS:
            published = shelf.get(session, one.process_key, one.version)
            names |= {step.id: step.name for step in published.bundle.steps.values()}
    return names


def _draws(bundle: Bundle, key: str) -> bool:
    return any(step.process_key == key for step in bundle.steps.values())


def _title(bundle: Bundle, key: str) -> str:
    """The title of the process, or what the step that calls the part is called."""
    if key == bundle.key:
        return bundle.title
    return next((step.name for step in bundle.steps.values() if step.called == key), key)


def _counted(
    session: Session, caseworker: Caseworker, roots: Collection[str] | None, chosen: Chosen
) -> dict[Place, Heat]:
    """What stands at each step of the processes, by version."""
    wanted = select(StepCount).where(StepCount.administration_key == caseworker.administration_key)
    if roots is not None:
        wanted = wanted.where(StepCount.process_key.in_(roots))
    if chosen.unit:
        wanted = wanted.where(StepCount.unit == chosen.unit)
    ages = youngest(chosen.period)
    found: dict[Place, Heat] = {}
    for row in session.scalars(wanted):
        if row.kind == "task" and row.age in ages:
            heat = Heat(
                row.how_many,
                row.overdue,
                row.resting,
                row.unclaimed,
                ages=Counter({row.age: row.how_many}),
                oldest_at=row.oldest_at,
            )
        elif row.kind == "timer" and len(ages) == len(AGES):
            heat = Heat(waiting=row.how_many)
        else:
            continue
        place = row.process_key, row.diagram_version, row.step
        found[place] = found.get(place, Heat()) + heat
    return found


def _versions(session: Session, root: str, stood_on: Collection[str]) -> Sequence[DiagramVersion]:
    wanted = or_(DiagramVersion.version.in_(stood_on), DiagramVersion.is_current)
    return session.scalars(
        select(DiagramVersion)
        .where(DiagramVersion.process_key == root, wanted)
        .options(defer(DiagramVersion.files))
        .order_by(DiagramVersion.published_at.desc())
    ).all()


def _laid_out(
    bundle: Bundle, key: str, counted: Mapping[Place, Heat]
) -> tuple[dict[str, Heat], dict[str, Heat]]:
    """What stands at each step of the diagram, and at steps of its process that the drawn version does not have."""
    by_step: dict[str, Heat] = {}
    elsewhere: dict[str, Heat] = {}
    for (root, _, step), heat in counted.items():
        if step in bundle.steps or root != key:
            by_step[step] = by_step.get(step, Heat()) + heat
        else:
            elsewhere[step] = elsewhere.get(step, Heat()) + heat
    heats: dict[str, Heat] = {}
    for drawn in bundle.steps.values():
        if drawn.process_key == key:
            within = _within(bundle, drawn.called) if drawn.called else {drawn.id}
            total = reduce(add, (by_step[one] for one in within if one in by_step), Heat())
            if total != Heat():
                heats[drawn.id] = total
    return heats, elsewhere


def _within(bundle: Bundle, called: str) -> set[str]:
    """The steps of a called process, and of those that it calls in turn."""
    keys: set[str] = set()
    waiting = [called]
    while waiting:
        key = waiting.pop()
        if key not in keys:
            keys.add(key)
            waiting += [one.called for one in bundle.steps.values() if one.process_key == key and one.called]
    return {step.id for step in bundle.steps.values() if step.process_key in keys}
