"""What the checks say of a proposal: problems and legal rules, each with its place and with the way to it, drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.diagrams import shape_of
from app.process_files import described, kind_of
from app.scenario_pages import examined
from app.texts import t
from app.web import running_system
from app.workshop import opened
from processes.actions.examinations import ask_for_examination
from processes.diagrams.examination import Examination
from processes.diagrams.legal_rules.result import RuleResult
from processes.diagrams.problems import Problem
from processes.engine.path import PathStep
from processes.models import ProcessDraft
from processes.queries.process_drafts import files_of_draft
from processes.unit_of_work import UnitOfWork

pages = Blueprint("examinations", __name__, url_prefix="/verkstad/<id:draft_id>/kontroller")


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem in the list."""

    problem: Problem
    name: str
    """The name of its page; empty where there is nothing to draw."""
    file: str
    """What the file is called."""
    kind: str


@dataclass(frozen=True, slots=True)
class Way:
    """A fault with the way to it."""

    title: str
    note: str
    source: str
    steps: Sequence[PathStep]
    file: str
    """The file in which it is put right."""


@pages.get("")
def show(draft_id: int) -> str:
    """Everything that the checks say of the proposal as it is now."""
    with running_system().reading() as work:
        return _page(work, opened(work, draft_id), "examinations/page.html")


@pages.get("/lage")
def only_results(draft_id: int) -> Response:
    """The results alone, for a page that waits for them."""
    with running_system().reading() as work:
        return Response(_page(work, opened(work, draft_id), "examinations/_results.html"))


@pages.post("/kor")
def run(draft_id: int) -> AnyResponse:
    """Let the worker check the proposal as it is now."""
    with running_system().transaction() as work:
        ask_for_examination(work, files_of_draft(work, opened(work, draft_id)))
    return redirect(url_for("examinations.show", draft_id=draft_id))


@pages.get("/vag/<name>")
def way(draft_id: int, name: str) -> str | AnyResponse:
    """One fault: the way to it, step by step on the drawing, and as text."""
    g.draws_diagrams = True
    with running_system().reading() as work:
        draft = opened(work, draft_id)
        files = files_of_draft(work, draft)
        examination, is_waiting = examined(work, files)
        found = _way(examination, name) if examination else None
        if examination and found is None:
            flash(t("Det felet finns inte i förslaget som det är nu."))
            return redirect(url_for("examinations.show", draft_id=draft_id))
        steps = found.steps if found else ()
        drawn = [content for step in steps if (content := files.get(_drawing_of(step)))]
        return render_template(
            "examinations/way.html",
            draft=draft,
            way=found,
            is_waiting=is_waiting,
            titles={step.process: title_of(step.process, files) for step in steps},
            shape=max((shape_of(content) for content in drawn), default=2.0),
            may_be_edited=found is not None and found.file in files,
        )


def _page(work: UnitOfWork, draft: ProcessDraft, template: str) -> str:
    files = files_of_draft(work, draft)
    examination, is_waiting = examined(work, files)
    problems = examination.problems if examination else ()
    rules = examination.rules if examination else ()
    return render_template(
        template,
        draft=draft,
        examination=examination,
        is_waiting=is_waiting,
        groups=_groups(problems, files),
        objected=[rule for rule in rules if rule.status != "proven"],
        proven=_by_process([rule for rule in rules if rule.status == "proven"], files),
        titles={rule.process: title_of(rule.process, files) for rule in rules},
    )


def _groups(problems: Iterable[Problem], files: Mapping[str, bytes]) -> dict[str, list[ShownProblem]]:
    """The problems under the title of their process, the errors first."""
    groups: dict[str, list[ShownProblem]] = {}
    for number, problem in enumerate(problems):
        is_drawn = kind_of(problem.file) == "diagram" and problem.element is not None
        file = described(problem.file, files.get(problem.file))
        shown = ShownProblem(problem, f"fel-{number}" if is_drawn else "", file.title, file.kind)
        groups.setdefault(title_of(file.folder, files), []).append(shown)
    for rows in groups.values():
        rows.sort(key=lambda row: row.problem.level != "error")
    return dict(sorted(groups.items(), key=lambda one: one[0].casefold()))


def _by_process(rules: Iterable[RuleResult], files: Mapping[str, bytes]) -> dict[str, list[RuleResult]]:
    groups: dict[str, list[RuleResult]] = {}
    for rule in rules:
        groups.setdefault(title_of(rule.process, files), []).append(rule)
    return groups


def title_of(key: str, files: Mapping[str, bytes]) -> str:
    """What the process is called in its diagram."""
    if key == "*":
        return t("Alla processer")
    path = f"{key}/{key}.bpmn"
    return described(path, files[path]).title if path in files else key


def _way(examination: Examination, name: str) -> Way | None:
    sort, _, which = name.partition("-")
    if sort == "regel":
        rule = next((one for one in examination.rules if one.key == which), None)
        if rule is not None and rule.path:
            file = f"{rule.process}/{rule.process}.bpmn"
            return Way(rule.sentence, rule.note, rule.source, rule.path, file)
    if sort == "fel" and which.isdecimal() and int(which) < len(examination.problems):
        problem = examination.problems[int(which)]
        if problem.element is not None:
            here = PathStep(problem.message, problem.file.split("/", 1)[0], problem.element)
            return Way(problem.message, "", "", (*problem.path, here), problem.file)
    return None


def _drawing_of(step: PathStep) -> str:
    return f"{step.process}/{step.process}.bpmn"
