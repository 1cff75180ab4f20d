"""The heat map: each diagram with what stands at its steps, drawn and as a table, and the way to the tasks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, render_template, request, url_for
from markupsafe import Markup

from app.charts import Part, bar, hatchings
from app.diagrams import shape_of
from app.texts import t
from app.web import running_system, signed_in
from processes.actions.task_counts import TASKS
from processes.clock import swedish_day
from processes.engine import Step
from processes.queries.heat_map import Chosen, Heat, HeatMap, diagrams_with_heat, heat_map_of
from processes.queries.overview import counted_at
from processes.rules.counted_ages import AGES
from processes.rules.units import UNIT_NAMES

pages = Blueprint("heat_map", __name__, url_prefix="/arbetsledning/varmekarta")

LEVELS = (0.75, 0.5, 0.25)
"""From which part of the fullest step on a step has the fourth, third and second shade; others have the first."""
STEP_BAR = 150


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the table."""

    name: str
    lane: str
    heat: Heat
    bar: Markup
    address: str
    """Where its tasks are, or the heat map of the part that it calls; empty where there is nothing to see."""
    late_address: str
    is_part: bool


@pages.get("")
def all_processes() -> str:
    """Every process with what stands in it, the fullest first."""
    with running_system().reading() as work:
        found = diagrams_with_heat(work.session, signed_in(work))
        found.sort(key=lambda one: (-one[1].how_many, one[0].title))
        most = max((heat.how_many for _, heat in found), default=0)
        return render_template(
            "supervision/processes.html",
            processes=[(one, heat, heat_bar(heat, most)) for one, heat in found],
            hatchings=hatchings(),
            counted_at=counted_at(work.session, TASKS),
        )


@pages.get("/<key>")
def show(key: str) -> str:
    """One diagram, narrowed to a version, a unit, a period and, for a part, the process that called it."""
    chosen = _chosen()
    with running_system().reading() as work:
        found = heat_map_of(work.session, work.diagrams, signed_in(work), key, chosen)
        g.draws_diagrams = True
        today = swedish_day(work.now)
        return render_template(
            "supervision/heat_map.html",
            found=found,
            chosen=chosen,
            lines=_lines(found, chosen),
            elsewhere=found.elsewhere,
            heat=json.dumps(_drawn(found, chosen)),
            source=_source(found),
            shape=shape_of(found.drawn_from.files[f"{key}/{key}.bpmn"]),
            ages=AGES,
            units=UNIT_NAMES,
            hatchings=hatchings(),
            days_since=lambda instant: (today - swedish_day(instant)).days,
            counted_at=counted_at(work.session, TASKS),
        )


def _chosen() -> Chosen:
    asked = {name: request.args.get(name, "")[:100] for name in ("process", "version", "enhet", "period")}
    unit = asked["enhet"] if asked["enhet"] in {str(one) for one in UNIT_NAMES} else ""
    period = asked["period"] if asked["period"] in AGES else ""
    return Chosen(asked["process"], asked["version"], unit, period)


def _source(found: HeatMap) -> str:
    """Where the drawing is fetched, of the version that the numbers are laid over."""
    root, version = found.drawn_from.bundle.key, found.drawn_from.bundle.version
    part = found.key if found.key != root else None
    return url_for("diagrams.drawing", key=root, part=part, version=version)


def heat_bar(heat: Heat, most: int) -> Markup:
    """What is in time, what is late (hatched) and what rests (dotted)."""
    in_time = heat.how_many - heat.overdue - heat.resting
    parts = [Part(in_time, "calm"), Part(heat.overdue, "late"), Part(heat.resting, "rest")]
    return bar(parts, most, STEP_BAR)


def _lines(found: HeatMap, chosen: Chosen) -> list[Line]:
    """The steps at which something can stand, in the order of the diagram."""
    most = max((heat.how_many for heat in found.heat.values()), default=0)
    lines = []
    for step in found.steps:
        heat = found.heat.get(step.id, Heat())
        if step.kind not in ("userTask", "callActivity") and not heat.waiting:
            continue
        lines.append(
            Line(
                step.name or t("Väntan"),
                step.lane or "",
                heat,
                heat_bar(heat, most),
                _address(step, chosen) if heat.how_many or step.called else "",
                _address(step, chosen, nar="late") if heat.overdue and not step.called else "",
                is_part=bool(step.called),
            )
        )
    return lines


def _address(step: Step, chosen: Chosen, **more: str) -> str:
    """The inbox with the step's tasks, or the heat map of the part that the step calls."""
    narrowed: dict[str, Any] = {"process": chosen.process or None, "enhet": chosen.unit or None, **more}
    if step.called:
        return url_for("heat_map.show", key=step.called, period=chosen.period or None, **narrowed)
    return url_for("inbox.show", vy="alla", steg=step.id, **narrowed)


def _drawn(found: HeatMap, chosen: Chosen) -> Mapping[str, Mapping[str, object]]:
    """What the drawing shows at each step: the words, the shade, and where one gets by pressing."""
    most = max((heat.how_many for heat in found.heat.values()), default=0)
    steps = {step.id: step for step in found.steps}
    return {
        step_id: {
            "text": words_of(heat),
            "title": f"{steps[step_id].name}: {words_of(heat)}. {ages_of(heat)}".strip(),
            "level": _level(heat.how_many, most),
            "late": heat.overdue > 0,
            "href": _address(steps[step_id], chosen) if heat.how_many else "",
        }
        for step_id, heat in found.heat.items()
    }


def _level(number: int, most: int) -> int:
    if not number:
        return 0
    return next((4 - place for place, part in enumerate(LEVELS) if number >= part * most), 1)


def words_of(heat: Heat) -> str:
    """`47 · 9 försenade`, or how many processes wait there for a timer."""
    if not heat.how_many:
        return t("{count} väntar", count=heat.waiting)
    late = f" · {t('{count} försenade', count=heat.overdue)}" if heat.overdue else ""
    return f"{heat.how_many}{late}"


def ages_of(heat: Heat) -> str:
    """How many of each age, in words, the youngest first."""
    return ", ".join(f"{t(words)}: {heat.ages[name]}" for name, (_, words) in AGES.items() if heat.ages[name])
