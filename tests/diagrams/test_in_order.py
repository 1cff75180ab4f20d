"""A diagram as numbered text: each step once, in the order of the flow, with the ways under each choice."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from processes.diagrams.conditions import Question, condition_in_words, questions_of
from processes.diagrams.files import read_folder
from processes.diagrams.in_order import WrittenStep, write
from processes.diagrams.shelf import Shelf, read_shelf
from processes.engine.drawing import Drawing, read_drawings


@cache
def shelf() -> Shelf:
    return read_shelf(read_folder(Path("bpmn-diagrams")))


def outline(drawing: Drawing) -> str:
    """The text as lines: number, name, and where it goes on elsewhere."""
    written = write(drawing)
    lines: list[str] = []

    def add(steps: list[WrittenStep] | tuple[WrittenStep, ...], depth: int) -> None:
        for step in steps:
            goes_on = f" > {written.numbers[step.leads_to]}" if step.goes_elsewhere and step.leads_to else ""
            lines.append(f"{'  ' * depth}{step.number} {step.node.name or step.node.kind}{goes_on}")
            for way in step.ways:
                to = f" > {written.numbers[way.leads_to]}" if way.leads_to else ""
                lines.append(f"{'  ' * depth}- {way.flow.name if way.flow else 'under tiden'}{to}")
                add(way.steps, depth + 1)

    add(written.steps, 0)
    return "\n".join(lines)


DEFERRAL = """\
1 Datum är känt
2 Ta ställning nu?
- Ja
  3 Ta ställning till anstånd
  4 Begär nämnden?
  - Ja
    5 Begär anstånd hos Kronofogden
    6 Kunde vi begära?
    - Nej > 2
    - Ja
      7 Skriv begäran > 2
  - Nej > 2
- Nej > 8
8 eventBasedGateway
-\x20
  9 Kronofogdens svar > 2
-\x20
  10 Nytt datum > 2
-\x20
  11 Nästa arbetsdag utan svar
  12 Påminn: ring Kronofogden > 2"""


def test_choices_are_indented_and_what_leads_back_says_to_which_number():
    drawing = next(one for one in shelf().drawings if one.key == "anstand")

    assert outline(drawing) == DEFERRAL


def test_what_comes_after_a_choice_stands_after_its_ways():
    drawing = next(one for one in shelf().drawings if one.key == "underrattelse")

    lines = outline(drawing).splitlines()

    assert lines[4:9] == [
        "5 Är det akut?",
        "- Nej > 7",
        "- Ja",
        "  6 Larma Enhetschef > 7",
        "7 Vilket slag av underrättelse?",
    ]


def test_what_can_happen_meanwhile_stands_under_the_step():
    drawing = next(one for one in shelf().drawings if one.key == "aktualiseringstid")

    assert "      8 Pröva särskilda skäl > 2\n      - under tiden\n        9 Utredning inledd > 2" in outline(
        drawing
    )


@pytest.mark.parametrize("drawing", shelf().drawings, ids=lambda drawing: drawing.key)
def test_every_step_is_written_once_and_every_number_leads_to_a_step(drawing):
    written = write(drawing)
    ids = [step.node.id for step in written.every()]
    seams = {
        node.id
        for node in drawing.nodes
        if node.kind == "exclusiveGateway" and not node.name and len(drawing.out_of(node.id)) == 1
    }

    assert len(ids) == len(set(ids))
    assert set(ids) | seams == set(drawing.by_id)
    assert [written.numbers[one] for one in ids] == list(range(1, len(ids) + 1))
    for step in written.every():
        for to in [step.leads_to, *(way.leads_to for way in step.ways)]:
            assert to is None or to in written.numbers


@pytest.mark.parametrize("drawing", shelf().drawings, ids=lambda drawing: drawing.key)
def test_everything_that_can_come_next_is_said(drawing):
    """The arrows of the text are those of the drawing, once the places where ways only meet are left out."""
    written = write(drawing)
    said = {
        (step.node.id, to)
        for step in written.every()
        for to in [
            step.leads_to,
            *((way.steps[0].node.id if way.steps else way.leads_to) for way in step.ways),
        ]
        if to is not None
    }

    def real(node_id: str) -> str:
        while node_id not in written.numbers:
            node_id = drawing.out_of(node_id)[0].target
        return node_id

    drawn = {(flow.source, real(flow.target)) for flow in drawing.flows if flow.source in written.numbers}
    borders = {(node.attached_to, node.id) for node in drawing.nodes if node.attached_to}
    assert said == drawn | borders


BROKEN = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"><bpmn:process id="p">
<bpmn:startEvent id="s" /><bpmn:exclusiveGateway id="a" /><bpmn:exclusiveGateway id="b" /><bpmn:task id="ensam" />
<bpmn:boundaryEvent id="kant" attachedToRef="ensam" />
<bpmn:sequenceFlow id="1" sourceRef="s" targetRef="a" /><bpmn:sequenceFlow id="2" sourceRef="a" targetRef="b" />
<bpmn:sequenceFlow id="3" sourceRef="b" targetRef="a" /><bpmn:sequenceFlow id="4" sourceRef="ensam" targetRef="borta" />
</bpmn:process></bpmn:definitions>"""


def test_a_diagram_that_goes_round_in_circles_or_leads_nowhere_is_written_too():
    (drawing,) = read_drawings("p/p.bpmn", BROKEN.encode())

    assert {step.node.id for step in write(drawing).every()} >= {"s", "ensam", "kant"}


# Conditions in words

QUESTIONS = {
    "stance": Question("Ska anstånd begäras?", {"board_asks": "Ja, nämnden begär", "no": "Nej"}),
    "has_child": Question("Berörs något barn?"),
    "days": Question("Dagar kvar"),
}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("has_child", "Berörs något barn? ja"),
        ("not has_child", "Berörs något barn? nej"),
        ("has_child == True", "Berörs något barn? ja"),
        ("has_child != True", "Berörs något barn? nej"),
        ("has_child == False", "Berörs något barn? nej"),
        ("stance == 'board_asks'", "Ska anstånd begäras? Ja, nämnden begär"),
        ("stance != 'no'", "Ska anstånd begäras? inte Nej"),
        ("stance in ['board_asks', 'no']", "Ska anstånd begäras? Ja, nämnden begär eller Nej"),
        ("stance not in ['board_asks', 'no']", "Ska anstånd begäras? varken Ja, nämnden begär eller Nej"),
        ("stance == None", "Ska anstånd begäras? okänt"),
        ("days < 3", "Dagar kvar: mindre än 3"),
        ("days >= 3", "Dagar kvar: minst 3"),
        ("has_child and days < 3", "Berörs något barn? ja och Dagar kvar: mindre än 3"),
        ("(has_child or days < 3) and not has_child",
         "(Berörs något barn? ja eller Dagar kvar: mindre än 3) och Berörs något barn? nej"),
        ("not (has_child and days > 2)", "inte (Berörs något barn? ja och Dagar kvar: mer än 2)"),
        ("okand_sak", "okand_sak: ja"),
        ("days + 1 == 3", "days + 1 == 3"),
        ("days == days", "Dagar kvar: days"),
        ("inte klart (", "inte klart ("),
    ],
)  # fmt: skip
def test_a_condition_is_told_as_questions_and_answers(condition, words):
    assert condition_in_words(condition, QUESTIONS) == words


def test_every_condition_of_the_diagrams_has_words():
    questions = questions_of(shelf().forms)
    told = [
        condition_in_words(flow.condition, questions)
        for drawing in shelf().drawings
        for flow in drawing.flows
        if flow.condition
    ]

    assert [words for words in told if "==" in words or re.match(r"\w*_\w*:", words)] == []
