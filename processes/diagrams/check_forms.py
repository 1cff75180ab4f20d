"""Asks whether every form can be used and belongs to a step, and every step behind a hard gate has a way around."""

from __future__ import annotations

from processes.diagrams.check_steps import called
from processes.diagrams.names import Names
from processes.diagrams.problems import Problem
from processes.diagrams.shelf import EVENT_FORMS, Shelf, form_path
from processes.engine.drawing import Drawing, Node
from processes.engine.expressions import names_in
from processes.errors import ExpressionRefused
from processes.forms import Field


def wrong_forms(shelf: Shelf, names: Names) -> list[Problem]:
    """Forms that cannot be read, belong to nothing, or ask for facts that do not exist; gates without a way around."""
    found = list(shelf.unusable) + _forms_of_nothing(shelf, names)
    for path, form in shelf.forms.items():
        fields = [field for each in form.fields.values() for field in (each, *each.columns)]
        found += [
            Problem(
                path,
                field.name,
                f"Fältet ”{field.label}” fylls i med {field.prefill}, som inte är något faktum.",
            )
            for field in fields
            if field.prefill is not None and field.prefill not in names.facts
        ]
        found += [
            Problem(path, field.name, _named_as_fact(field)) for field in fields if field.name in names.facts
        ]
    for drawing in shelf.drawings:
        found += _gates_without_way_around(shelf, drawing, names)
    return found


def _named_as_fact(field: Field) -> str:
    return f"Fältet {field.name} heter som ett faktum; ett villkor skulle inte veta vilket av dem som menas."


def _forms_of_nothing(shelf: Shelf, names: Names) -> list[Problem]:
    wanted = {
        form_path(drawing, node)
        for drawing in shelf.drawings
        for node in drawing.nodes
        if node.kind == "userTask"
    }
    wanted |= {f"{EVENT_FORMS}/forms/{event}.json" for event in names.events}
    return [
        Problem(path, None, "Formuläret hör inte till något steg eller någon händelse.")
        for path in sorted(shelf.files)
        if "/forms/" in path and path not in wanted
    ]


def _gates_without_way_around(shelf: Shelf, drawing: Drawing, names: Names) -> list[Problem]:
    """When a step cannot be carried out its other questions are not answered, so that a choice must not need them."""
    found = []
    for node in drawing.nodes:
        if node.kind != "userTask" or not names.hard_gates & set(node.properties.get("gate", "").split()):
            continue
        form = shelf.form_of(drawing, node)
        asked = _names_asked_after(drawing, node)
        if form is not None and asked & form.scalar_names and "cannot_be_done" not in asked:
            message = (
                f"{called(node)} har en spärr som kan vara stängd, men ingen väg efter steget gäller när det inte "
                "kan genomföras (cannot_be_done)."
            )
            found.append(Problem(drawing.file, node.id, message))
    return found


def _names_asked_after(drawing: Drawing, node: Node) -> frozenset[str]:
    """The names in the conditions that can be met after the step, up to where it would be taken again."""
    asked: set[str] = set()
    seen: set[str] = {node.id}
    waiting = [node.id]
    while waiting:
        for flow in drawing.out_of(waiting.pop()):
            asked |= names_of(flow.condition)
            if flow.target not in seen:
                seen.add(flow.target)
                waiting.append(flow.target)
    return frozenset(asked)


def names_of(text: str | None) -> frozenset[str]:
    """The names in an expression; none if there is no readable expression (the engine says so)."""
    if text is None:
        return frozenset()
    try:
        return names_in(text)
    except ExpressionRefused:
        return frozenset()
