"""The process handbook: every process as numbered text, with its forms, tables, letters, gates and requirements."""

from __future__ import annotations

import re

from flask import Blueprint, render_template, request

from app.form_words import KIND_WORDS, POINTED_AT
from app.handbook_steps import Handbook, notes_of, read_handbook, tables_asked
from app.labels import label
from app.letters import block_kind, runs
from app.web import running_system
from processes.diagrams.letter_text import read_letter
from processes.diagrams.words import due_rule_in_words
from processes.engine import DecisionTable
from processes.engine.expressions import Expression
from processes.engine.feel import Cell
from processes.errors import DiagramNotFound
from processes.queries.diagrams import current_diagrams, current_version
from processes.rules.letters import PLACEHOLDER
from processes.rules.notice_kinds import NOTICE_KINDS
from processes.unit_of_work import UnitOfWork

QUOTED = re.compile(r'"[^"]*"')

FAMILIES = {"suggested_stance": "stance", "notice_informant": "informant"}
"""Which family of words names the values of a fact or an answer."""

pages = Blueprint("handbook", __name__, url_prefix="/processer/<key>/handbok")


@pages.get("")
def show(key: str) -> str:
    """The process and all that it calls, step by step."""
    with running_system().reading() as work:
        handbook = _handbook(work, key)
        return render_template(
            "handbook/page.html",
            handbook=handbook,
            key=key,
            tables=tables_asked(handbook),
            letters=sorted(handbook.published.letters),
            titles={one.process_key: one.title for one in current_diagrams(work.session)},
        )


@pages.get("/formular/<form_name>")
def form(key: str, form_name: str) -> str:
    """A form in words: every question, when it is asked and what its answer leads to."""
    with running_system().reading() as work:
        handbook = _handbook(work, key)
        found = handbook.published.forms.get(form_name)
        if found is None:
            raise DiagramNotFound(form_name)
        step = handbook.published.bundle.steps.get(form_name)
        return render_template(
            "handbook/form.html",
            handbook=handbook,
            key=key,
            form=found,
            step=step,
            kinds=KIND_WORDS,
            pointed_at=POINTED_AT,
        )


@pages.get("/tabell/<table_name>")
def table(key: str, table_name: str) -> str:
    """A decision table, row by row."""
    with running_system().reading() as work:
        handbook = _handbook(work, key)
        found = handbook.tables.get(table_name)
        if found is None:
            raise DiagramNotFound(table_name)
        return render_template(
            "handbook/table.html",
            handbook=handbook,
            key=key,
            table=found,
            words=_Words(handbook, found),
            notes=notes_of(handbook.published.files[handbook.table_paths[table_name]]),
        )


@pages.get("/brev/<letter_name>")
def letter(key: str, letter_name: str) -> str:
    """A letter as it is set, with what is filled in marked."""
    with running_system().reading() as work:
        handbook = _handbook(work, key)
        template = handbook.published.letters.get(letter_name)
        if template is None:
            raise DiagramNotFound(letter_name)
        words = {found: f"[{found.replace('_', ' ')}]" for found in PLACEHOLDER.findall(template)}
        return render_template(
            "handbook/letter.html",
            handbook=handbook,
            key=key,
            name=letter_name,
            block_kind=block_kind,
            runs=runs,
            letter=read_letter(template, words),
            used_by=[
                (step, told.name)
                for chapter in handbook.chapters
                for step, told in chapter.told.items()
                if told.letter == letter_name
            ],
        )


@pages.get("/regler")
def rules(key: str) -> str:
    """The gates and due rules that the process uses, with the law behind them and the steps that they hold for."""
    with running_system().reading() as work:
        handbook = _handbook(work, key)
        steps = [(one, step, told) for one in handbook.chapters for step, told in one.told.items()]
        due: dict[str, list[tuple[str, str]]] = {}
        for _, step, told in steps:
            if told.due:
                due.setdefault(told.due, []).append((step, told.name))
        return render_template(
            "handbook/rules.html",
            handbook=handbook,
            key=key,
            behind={
                gate.name: [(step, told.name) for _, step, told in steps if gate in told.gates]
                for gate in handbook.gates()
            },
            due=dict(sorted(due.items())),
        )


class _Words:
    """How the cells of a table are read: steps and choices by their names, due rules by what they say."""

    def __init__(self, handbook: Handbook, table: DecisionTable) -> None:
        self._steps = {step: told.name for one in handbook.chapters for step, told in one.told.items()}
        self._questions = handbook.questions
        self._inputs = [column.question.text for column in table.inputs]
        self._outputs = table.outputs

    def condition(self, cell: Cell, place: int) -> str:
        """A cell of the column with this number; a dash where everything fits."""
        parts = [part.strip() for part in cell.text.split(",")]
        if all(QUOTED.fullmatch(part) for part in parts):
            return " eller ".join(self._named(part.strip('"'), self._inputs[place]) for part in parts)
        return {"-": "–", "true": "ja", "false": "nej"}.get(cell.text, cell.text)

    def answer(self, answer: Expression, place: int) -> str:
        """An answer of the output with this number."""
        if not QUOTED.fullmatch(answer.text):
            return {"true": "ja", "false": "nej"}.get(answer.text.lower(), answer.text)
        text, output = answer.text.strip('"'), self._outputs[place]
        return due_rule_in_words(text) if output == "due" else self._named(text, output)

    def output(self, place: int) -> str:
        """What the output with this number is called."""
        question = self._questions.get(self._outputs[place])
        return question.words if question else self._outputs[place]

    def _named(self, value: str, asked: str) -> str:
        if asked == "notice_kind" and value in NOTICE_KINDS:
            return NOTICE_KINDS[value].label
        if asked == "step":
            return self._steps.get(value, value)
        family = FAMILIES.get(asked)
        return label(family, value) if family else value


def _handbook(work: UnitOfWork, key: str) -> Handbook:
    version = request.args.get("version") or current_version(work.session, key)
    return read_handbook(key, work.diagrams.get(work.session, key, version))
