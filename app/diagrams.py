"""The processes: what each is for, its drawing, and its steps as a list for who cannot see the drawing."""

from __future__ import annotations

from flask import Blueprint, Response, g, render_template

from app.web import running_system
from processes.engine import Step
from processes.queries.diagrams import Published, current_diagrams, current_version
from processes.unit_of_work import UnitOfWork

pages = Blueprint("diagrams", __name__, url_prefix="/processer")


@pages.get("")
def all_processes() -> str:
    """Every published process."""
    with running_system().reading() as work:
        return render_template("diagrams/list.html", processes=current_diagrams(work.session))


@pages.get("/<key>")
def show(key: str) -> str:
    """One process: its drawing and its steps."""
    g.draws_diagrams = True
    with running_system().reading() as work:
        published = _published(work, key)
        steps = [step for step in published.bundle.steps.values() if step.process_key == key]
        return render_template(
            "diagrams/diagram.html",
            key=key,
            title=published.bundle.title,
            version=published.bundle.version,
            lanes=_by_lane(steps),
        )


@pages.get("/<key>.bpmn")
def drawing(key: str) -> Response:
    """The diagram as BPMN."""
    with running_system().reading() as work:
        return Response(_published(work, key).files[f"{key}/{key}.bpmn"], mimetype="application/xml")


def _published(work: UnitOfWork, key: str) -> Published:
    return work.diagrams.get(work.session, key, current_version(work.session, key))


def _by_lane(steps: list[Step]) -> dict[str, list[Step]]:
    """The user tasks under the unit that does them, in the order of the diagram."""
    lanes: dict[str, list[Step]] = {}
    for step in steps:
        if step.kind == "userTask":
            lanes.setdefault(step.lane or "", []).append(step)
    return lanes
