"""What the page of a task shows: its form, what the step is for, gates, dates, notes, and what is known of the case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import g, render_template, request

from app.deadline_words import words_of
from app.diagrams import shape_of
from app.drafts import ShownDraft, draft_to_show
from app.filled_form import FilledForm
from app.journal import as_stated, asked
from app.lookups import process_titles
from app.position import position_of
from app.resting import rest_of
from app.task_notes import notes_on
from app.web import signed_in
from processes.actions.drafts import place_of_task
from processes.actions.open_tasks import ask_gates
from processes.actions.tasks import form_of
from processes.clock import swedish_day
from processes.forms import Choices, Form
from processes.forms.form import GATE_FIELDS
from processes.handbook.documents import documents_for
from processes.models import Caseworker, Deadline, Task
from processes.queries.access import recused_in, stands_in_for
from processes.queries.cases import CaseFile, get_case_file
from processes.queries.choices import choices_in
from processes.queries.diagrams import Published
from processes.queries.people import colleagues_of
from processes.queries.persons_seen import Sight, sight_of
from processes.queries.tasks import get_task, may_do
from processes.rules.due_dates import meaning_of
from processes.rules.facts import FACTS
from processes.rules.permissions import may
from processes.rules.snapshot import Scope
from processes.unit_of_work import UnitOfWork

END_OF_SENTENCE = re.compile(r"(?<=[.?!])\s+")
ENOUGH_SAID = 60
"""So many signs are enough to say what a step is about."""


@dataclass(frozen=True)
class Refused:
    """A post to the page that was not let through: what was typed, and what was wrong with it."""

    typed: dict[str, Any] | None = None
    """What stood in the form of the step; None when something else was posted."""
    problems: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""
    extra_row: str = ""
    """The table to which an empty row was asked for: that is no fault."""
    resting: Mapping[str, str] = field(default_factory=dict)
    noting: Mapping[str, str] = field(default_factory=dict)


NOTHING = Refused()


def page_of_task(work: UnitOfWork, task_id: int, refused: Refused = NOTHING) -> str:
    """The page, for who is signed in. Raises as `get_task` does."""
    caseworker = signed_in(work)
    task = get_task(work.session, task_id, caseworker, work.now)
    published = published_for(work, task)
    file = get_case_file(work.session, task.case, caseworker, work.now)
    sight = sight_of(work.session, task.case, caseworker, work.now, work.policy)
    g.draws_diagrams = True
    return render_template(
        "tasks/task.html",
        task=task,
        step=published.bundle.steps[task.step],
        process_title=process_titles(work),
        documents=documents_for(task.step),
        trouble=refused.trouble,
        rest=rest_of(work, task, refused.resting),
        notes=notes_on(work, task, file, sight, refused.noting),
        **_in_the_process(work, task, published),
        **_to_fill_in(work, task, published, caseworker, refused),
        **_known(work, task, file, sight),
        brief=_brief(work, task, file, published.bundle.steps[task.step].documentation or ""),
        told=asked(form_of(published, task.step).fields.values(), task.answers or {}, sight),
        has_unnamed_children=file.has_unnamed_children,
        colleagues=_colleagues(work, task, caseworker) if task.status == "open" else [],
        chosen=request.form.get("to", type=int),
    )


def typed_form(work: UnitOfWork, task_id: int) -> dict[str, Any]:
    """What was posted, in the shape of the task's form."""
    caseworker = signed_in(work)
    task = get_task(work.session, task_id, caseworker, work.now)
    choices = choices_in(work.session, task.case, caseworker, work.now)
    return form_of(published_for(work, task), task.step).from_html(request.form, choices)


def published_for(work: UnitOfWork, task: Task) -> Published:
    """The version of the process that the task is a step of."""
    return work.diagrams.get(work.session, task.instance.process_key, task.instance.diagram_version)


def _to_fill_in(
    work: UnitOfWork, task: Task, published: Published, caseworker: Caseworker, refused: Refused
) -> dict[str, Any]:
    """The form with what stands in it, and the gates that open or close it."""
    form = form_of(published, task.step)
    choices = choices_in(work.session, task.case, caseworker, work.now)
    held_by = (caseworker.id, *stands_in_for(work.session, caseworker, work.now))
    is_mine = task.status == "open" and task.claimed_by_id in held_by
    draft, values = (
        (None, refused.typed)
        if refused.typed is not None
        else _begun(work, task, form, choices, is_mine=is_mine)
    )
    gates = ask_gates(work, task, published, caseworker=caseworker) if task.status == "open" else ()
    shut = [(gate, answer) for gate, answer in gates if not answer.allowed]
    way_past = GATE_FIELDS if not (shut or refused.trouble or refused.problems) else frozenset()
    return {
        "filled": FilledForm(form, values, refused.problems, choices, refused.extra_row, way_past),
        "shut": shut,
        "passed": [(gate, answer) for gate, answer in gates if answer.allowed],
        "is_mine": is_mine,
        "draft": draft,
    }


@dataclass(frozen=True, slots=True)
class Brief:
    """What stands above everything else on the page: what to do, by when, and which day of the law comes next."""

    what: str
    rule: str
    """How the time was set, in words."""
    legal: Deadline | None


def _brief(work: UnitOfWork, task: Task, file: CaseFile, documentation: str) -> Brief:
    ahead = [one for one in file.deadlines if one.falls_on and one.falls_on >= swedish_day(work.now)]
    return Brief(
        what=beginning_of(documentation),
        rule=meaning_of(task.due_rule),
        legal=min(ahead, key=lambda one: (one.falls_on or date.max, one.id), default=None),
    )


def beginning_of(documentation: str) -> str:
    """The first sentence, and the next ones as long as it is too short to say what the step is about."""
    told = ""
    for sentence in END_OF_SENTENCE.split(documentation.strip()):
        if len(told) >= ENOUGH_SAID:
            break
        told = f"{told} {sentence}".strip()
    return told


def _in_the_process(work: UnitOfWork, task: Task, published: Published) -> dict[str, Any]:
    """Where the step stands, and the drawing that shows it."""
    position = position_of(work, task, published)
    drawn = published.files.get(f"{position.part}/{position.part}.bpmn", b"")
    return {"position": position, "shape": shape_of(drawn)}


def _known(work: UnitOfWork, task: Task, file: CaseFile, sight: Sight) -> dict[str, Any]:
    """What is known of the case, as far as the viewer may see it."""
    return {
        "today": swedish_day(work.now),
        "deadline_words": words_of(work, file, sight),
        "file": file,
        "sight": sight,
        "stated": {notice.id: as_stated(work, notice, sight) for notice in file.notices},
        "scope": Scope(task.instance.scope_kind, task.instance.scope_id),
    }


def _begun(
    work: UnitOfWork, task: Task, form: Form, choices: Choices, *, is_mine: bool
) -> tuple[ShownDraft | None, dict[str, Any]]:
    """What stands in the form before anybody has sent it: a draft, or what the case knows already."""
    draft, begun = None, None
    if is_mine:
        draft, begun = draft_to_show(work, place_of_task(task.id), signed_in(work), is_shared=True)
    return draft, prefilled(work, task, form) if begun is None else form.from_html(begun, choices)


def _colleagues(work: UnitOfWork, task: Task, caseworker: Caseworker) -> list[Caseworker]:
    """Whom the caseworker can give the task to; nobody if it is not the caseworker's to give."""
    moves_others = may("assign_task", caseworker.roles, caseworker.units)
    if task.claimed_by_id not in (None, caseworker.id) and not moves_others:
        return []
    others = {task.claimed_by_id, caseworker.id, *recused_in(work.session, task.case_id)}
    found = colleagues_of(work.session, caseworker)
    return [one for one in found if one.id not in others and may_do(one, task)]


def prefilled(work: UnitOfWork, task: Task, form: Form) -> dict[str, Any]:
    """What the case already knows, for the fields whose form file asks for it."""
    scope = Scope(task.instance.scope_kind, task.instance.scope_id)
    snapshot = work.snapshot(task.case_id)
    return {
        name: FACTS[one.prefill].read(snapshot, scope, work.now)
        for name, one in form.fields.items()
        if one.prefill in FACTS
    }
