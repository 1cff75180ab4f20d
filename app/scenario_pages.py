"""The scenarios of a proposal: what each tells, how it went on the proposal's files, and what none of them passes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.compared import process_title
from app.diagrams import shape_of
from app.web import running_system
from app.workshop import opened
from processes.actions.examinations import ask_for_examination
from processes.diagrams.examination import Examination, ScenarioResult
from processes.diagrams.shelf import read_shelf
from processes.diagrams.words import called, flow_called
from processes.errors import DraftFileNotFound
from processes.models import ProcessDraft
from processes.queries.examinations import find_examined
from processes.queries.process_drafts import changed_paths, files_of_draft
from processes.scenarios import read_story
from processes.scenarios.faults import Fault
from processes.scenarios.rehearsal import scenario_files
from processes.scenarios.retelling import retell
from processes.scenarios.stories import Story, StoryRefused
from processes.scenarios.unknown_names import unknown_names
from processes.scenarios.vocabulary import vocabulary_of
from processes.unit_of_work import UnitOfWork

pages = Blueprint("scenarios", __name__, url_prefix="/verkstad/<id:draft_id>/scenarier")


@dataclass(frozen=True, slots=True)
class Listed:
    """A scenario in the list."""

    path: str
    story: Story | None
    """None for a file that cannot be read."""
    result: ScenarioResult | None
    """None while it has not been played on these files."""
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Passed:
    """How much of a process the scenarios pass."""

    key: str
    title: str
    covered: int
    every: int

    @property
    def percent(self) -> int:
        """Rounded down, so that only all of it is a hundred."""
        return 100 * self.covered // self.every if self.every else 100


@pages.get("")
def show(draft_id: int) -> str:
    """Every scenario of the proposal, process by process, and how much of each process they pass."""
    with running_system().reading() as work:
        return _page(work, opened(work, draft_id), "scenarios/list.html")


@pages.get("/lage")
def only_results(draft_id: int) -> Response:
    """The list alone, for a page that waits for the scenarios to be played."""
    with running_system().reading() as work:
        return Response(_page(work, opened(work, draft_id), "scenarios/_results.html"))


@pages.post("/kor")
def run(draft_id: int) -> AnyResponse:
    """Let the worker play every scenario on the proposal as it is now."""
    with running_system().transaction() as work:
        ask_for_examination(work, files_of_draft(work, opened(work, draft_id)))
    return redirect(url_for("scenarios.show", draft_id=draft_id))


@pages.get("/las/<path:scenario>")
def read(draft_id: int, scenario: str) -> str:
    """One scenario in words, step by step, with what did not come true."""
    with running_system().reading() as work:
        draft = opened(work, draft_id)
        files = files_of_draft(work, draft)
        content = scenario_in(files, scenario)
        story, faults = story_or_faults(content, scenario)
        known = vocabulary_of(read_shelf(files))
        examination, _ = examined(work, files)
        return render_template(
            "scenarios/read.html",
            draft=draft,
            path=scenario,
            process=process_title(scenario.split("/", 1)[0], files),
            story=story,
            faults=faults,
            steps=retell(story.steps, known) if story else [],
            unknown=unknown_names({"steps": story.steps}, known) if story else [],
            result=result_of(examination, scenario),
        )


@pages.get("/tackning/<key>")
def coverage(draft_id: int, key: str) -> str:
    """What the scenarios pass of a process, drawn on its diagram, and what none of them passes, in words."""
    g.draws_diagrams = True
    with running_system().reading() as work:
        draft = opened(work, draft_id)
        files = files_of_draft(work, draft)
        examination, is_waiting = examined(work, files)
        drawing = read_shelf(files).reading.drawings.get(key)
        if drawing is None or f"{key}/{key}.bpmn" not in files:
            raise DraftFileNotFound(key)
        found = (examination.coverage or {}).get(key) if examination else None
        uncovered = set(found.uncovered) if found else set()
        return render_template(
            "scenarios/coverage.html",
            draft=draft,
            key=key,
            title=drawing.name or key,
            found=found,
            is_waiting=is_waiting,
            steps=[called(drawing, node) for node in drawing.nodes if node.id in uncovered],
            flows=[flow_called(drawing, flow) for flow in drawing.flows if flow.id in uncovered],
            shape=shape_of(files[f"{key}/{key}.bpmn"]),
        )


def _page(work: UnitOfWork, draft: ProcessDraft, template: str) -> str:
    files = files_of_draft(work, draft)
    examination, is_waiting = examined(work, files)
    changed = set(changed_paths(work, draft))
    return render_template(
        template,
        draft=draft,
        groups=_listed(files, examination, changed),
        passed=_passed(files, examination),
        examination=examination,
        is_waiting=is_waiting,
        asked=request.args,
    )


def _listed(
    files: Mapping[str, bytes], examination: Examination | None, changed: set[str]
) -> dict[str, list[Listed]]:
    groups: dict[str, list[Listed]] = {}
    for path in scenario_files(files):
        title = process_title(path.split("/", 1)[0], files) or path.split("/", 1)[0]
        story, _ = story_or_faults(files[path], path)
        listed = Listed(path, story, result_of(examination, path), path in changed)
        groups.setdefault(title, []).append(listed)
    return dict(sorted(groups.items()))


def _passed(files: Mapping[str, bytes], examination: Examination | None) -> list[Passed]:
    found = (examination.coverage if examination else None) or {}
    rows = [
        Passed(key, process_title(key, files) or key, len(one.covered), len(one.covered) + len(one.uncovered))
        for key, one in found.items()
    ]
    return sorted(rows, key=lambda row: (row.percent, row.title.casefold()))


def examined(work: UnitOfWork, files: Mapping[str, bytes]) -> tuple[Examination | None, bool]:
    """What checking these very files showed, and whether a worker is to do it."""
    row = find_examined(work.session, files)
    if row is None:
        return None, False
    if row.examined_at is None:
        return None, True
    return Examination.from_json(row.result), False


def result_of(examination: Examination | None, path: str) -> ScenarioResult | None:
    """How the scenario of this file went."""
    return next((one for one in examination.scenarios if one.file == path), None) if examination else None


def scenario_in(files: Mapping[str, bytes], path: str) -> bytes:
    """The content of a scenario. Raises DraftFileNotFound if the path is no scenario of the proposal."""
    if path not in scenario_files(files):
        raise DraftFileNotFound(path)
    return files[path]


def story_or_faults(content: bytes, path: str) -> tuple[Story | None, tuple[Fault, ...]]:
    """The scenario, or everything that is wrong with it."""
    try:
        return read_story(content, file=path), ()
    except StoryRefused as refused:
        return None, refused.faults
