"""The editor of a form: its questions one by one, with the form as the caseworker will see it beside them.

Each page changes one thing and saves it, so that it works without a script; a script saves while somebody types and
shows the form anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from app.editing import OpenFile
from app.file_check import as_told
from app.filled_form import FilledForm
from app.form_words import SAMPLES, kind_words, kinds_to_choose
from processes.diagrams.shelf import read_shelf
from processes.errors import AnswersRefused
from processes.forms import Form, FormRefused, load_form
from processes.forms.editing import EditedForm
from processes.forms.editing_fields import EditedField, EditedOption
from processes.rules.facts import FACTS
from processes.rules.gates import GATES, Level

Posted = MultiDict[str, str]
YES_NO = (("true", "Ja"), ("false", "Nej"))


@dataclass(frozen=True, slots=True)
class Preview:
    """The form as the caseworker will see it, or why it cannot be shown."""

    filled: FilledForm | None
    problems: tuple[str, ...] = ()


def form_page(file: OpenFile, *, trouble: str = "", typed: EditedField | None = None) -> str:
    """The list of the form's questions, or the one that the address names."""
    try:
        form = EditedForm.read(file.content)
    except FormRefused as refused:
        return render_template("editors/broken.html", opened=file, problems=refused.problems)
    around: dict[str, Any] = {
        "opened": file,
        "form": form,
        "preview": preview_of(file),
        "found": as_told(file.files, file.path)["problems"],
        "kinds": kinds_to_choose(),
        "kind_words": kind_words,
        "trouble": trouble,
    }
    path = request.values.get("falt", "")
    if not path:
        return render_template("editors/form.html", **around)
    try:
        field = typed or form.field(path)
    except KeyError:
        gone = "Frågan finns inte längre i formuläret."
        return render_template("editors/form.html", **{**around, "trouble": trouble or gone})
    return render_template(
        "editors/field.html",
        **around,
        path=path,
        field=field,
        questions=_questions(form, path),
        facts=[(name, fact.question) for name, fact in FACTS.items()],
    )


def preview_of(file: OpenFile) -> Preview:
    """The form of the file as its page will be, with the fields that its step's gate adds and fictional choices."""
    try:
        form = load_form(file.content)
    except FormRefused as refused:
        return Preview(None, refused.problems)
    return Preview(FilledForm(_with_gate(form, file), choices=SAMPLES))


def _with_gate(form: Form, file: OpenFile) -> Form:
    diagram = f"{file.key}/{file.key}.bpmn"
    drawing = read_shelf(
        {diagram: file.files[diagram]} if diagram in file.files else {}
    ).reading.drawings.get(file.key)
    step = drawing.by_id.get(file.name) if drawing else None
    levels = (
        {GATES[name].level for name in step.properties.get("gate", "").split() if name in GATES}
        if step
        else set()
    )
    strictest = next((level for level in (Level.HARD, Level.REASON) if level in levels), None)
    return form.with_gate(str(strictest) if strictest else None)


def _questions(form: EditedForm, path: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The questions on whose answers it can depend whether the field is shown: name, words and answers."""
    table = path.rpartition(".")[0]
    outlined = [one for section in form.sections for one in section.fields]
    beside = next((one.columns for one in outlined if one.path == table), ()) if table else outlined
    found = []
    for one in beside:
        field = form.field(one.path)
        if field.kind in ("yes_no", "tick"):
            found.append((field.name, one.label, list(YES_NO)))
        elif field.options:
            found.append((field.name, one.label, [(option.value, option.title) for option in field.options]))
    return [one for one in found if one[0] != path.rpartition(".")[2]]


def changed_form(content: bytes, posted: Posted) -> tuple[bytes, str]:
    """The file after what was posted, and the path of the field to show next (empty: the list).

    Raises AnswersRefused for what cannot be done, with a sentence.
    """
    form = EditedForm.read(content)
    path = posted.get("falt", "")
    number = int(posted["avsnitt"]) if posted.get("avsnitt", "").isdecimal() else -1
    shown = ""
    try:
        match posted.get("gor"):
            case "form":
                form.describe(posted.get("title", ""), posted.get("description", ""))
            case "field":
                shown = form.change(path, field_in(posted))
            case "up" | "down":
                form.move(path, -1 if posted["gor"] == "up" else 1)
            case "remove":
                form.remove(path)
            case "add":
                label = posted.get("label", "")
                shown = form.add(
                    label, posted.get("kind", ""), section=number, table=posted.get("tabell", "")
                )
            case "section-add":
                form.add_section(posted.get("title", ""))
            case "section-rename":
                form.rename_section(number, posted.get("title", ""))
            case "section-remove":
                form.remove_section(number)
            case _:
                raise AnswersRefused({"gor": "Välj vad som ska göras."})
    except (KeyError, IndexError) as gone:
        raise AnswersRefused(
            {"falt": "Det finns inte längre i formuläret. Någon kan ha ändrat det."}
        ) from gone
    return form.to_bytes(), shown


def field_in(posted: Posted) -> EditedField:
    """The field as its page was filled in."""
    return EditedField(
        name=posted.get("name", ""),
        label=posted.get("label", ""),
        kind=posted.get("kind", ""),
        help=posted.get("help", ""),
        required="required" in posted,
        when=tuple(
            (question, tuple(posted.getlist(f"when-{place}-answer")))
            for place in _places(posted, "when", "question")
            if (question := posted[f"when-{place}-question"])
        ),
        options=tuple(
            EditedOption(
                posted.get(f"option-{place}-value", ""),
                posted[f"option-{place}-title"],
                posted.get(f"option-{place}-help", ""),
            )
            for place in _places(posted, "option", "title")
        ),
        sensitive="sensitive" in posted,
        happened="happened" in posted,
        must_be_yes="must_be_yes" in posted,
        unit=posted.get("unit", ""),
        prefill=posted.get("prefill", ""),
        minimum=posted.get("minimum", ""),
        maximum=posted.get("maximum", ""),
        max_length=posted.get("max_length", ""),
    )


def _places(posted: Posted, group: str, name: str) -> list[int]:
    """The rows of a group that were posted."""
    found: list[int] = []
    for place in count():
        if f"{group}-{place}-{name}" not in posted:
            return found
        found.append(place)
    return found
