"""The processes: what each is for, its drawing, and its steps as a list for who cannot see the drawing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask import Blueprint, Response, g, render_template, request

from app.web import running_system
from processes.actions.events import EVENT_FORMS
from processes.engine import Step
from processes.errors import DiagramNotFound
from processes.queries.diagrams import Published, current_diagrams, current_version
from processes.unit_of_work import UnitOfWork

BOUNDS = re.compile(rb'<[a-z]*:?Bounds x="(-?[\d.]+)" y="(-?[\d.]+)" width="([\d.]+)" height="([\d.]+)"')
WIDEST, NARROWEST = 4.0, 1.2
"""How much wider than high the place for a drawing may be."""

ROOM_BELOW = 0.05
"""Part of the width that stays free under the drawing: bpmn.io's mark stands there and must not be covered."""

pages = Blueprint("diagrams", __name__, url_prefix="/processer")


@pages.get("")
def all_processes() -> str:
    """Every published process."""
    with running_system().reading() as work:
        drawn = [one for one in current_diagrams(work.session) if one.process_key != EVENT_FORMS]
        return render_template("diagrams/list.html", processes=drawn)


@pages.get("/<key>")
@pages.get("/<key>/delar/<part>")
def show(key: str, part: str | None = None) -> str:
    """One process, or a part that it calls: its drawing and its steps."""
    g.draws_diagrams = True
    drawn = part or key
    with running_system().reading() as work:
        published = _published(work, key)
        content = _drawing(published, drawn)
        steps = [step for step in published.bundle.steps.values() if step.process_key == drawn]
        return render_template(
            "diagrams/diagram.html",
            key=key,
            part=part,
            title=published.bundle.title,
            part_title=_name_of_part(published, part) if part else "",
            version=published.bundle.version,
            lanes=by_lane(steps),
            calls=[step for step in steps if step.called],
            shape=shape_of(content),
        )


@pages.get("/<key>.bpmn")
@pages.get("/<key>/delar/<part>.bpmn")
def drawing(key: str, part: str | None = None) -> Response:
    """The diagram as BPMN: the current version, or the one that is asked for and that a case is on."""
    asked = request.args.get("version")
    with running_system().reading() as work:
        return Response(_drawing(_published(work, key, asked), part or key), mimetype="application/xml")


def _published(work: UnitOfWork, key: str, version: str | None = None) -> Published:
    return work.diagrams.get(work.session, key, version or current_version(work.session, key))


def _drawing(published: Published, drawn: str) -> bytes:
    try:
        return published.files[f"{drawn}/{drawn}.bpmn"]
    except KeyError as unknown:
        raise DiagramNotFound(drawn) from unknown


def _name_of_part(published: Published, part: str) -> str:
    """What the step that calls the part is called."""
    return next((step.name for step in published.bundle.steps.values() if step.called == part), part)


def by_lane(steps: Iterable[Step]) -> dict[str, list[Step]]:
    """The user tasks under the unit that does them, in the order of the diagram."""
    lanes: dict[str, list[Step]] = {}
    for step in steps:
        if step.kind == "userTask":
            lanes.setdefault(step.lane or "", []).append(step)
    return lanes


def shape_of(content: bytes) -> float:
    """How many times wider than high the drawing is, within what a page has room for."""
    corners = [tuple(float(number) for number in found) for found in BOUNDS.findall(content)]
    if not corners:
        return NARROWEST
    width = max(x + w for x, _, w, _ in corners) - min(x for x, _, _, _ in corners)
    height = max(y + h for _, y, _, h in corners) - min(y for _, y, _, _ in corners)
    return round(min(WIDEST, max(NARROWEST, width / (height + ROOM_BELOW * width))), 2)
