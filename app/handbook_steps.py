"""What the process handbook tells of each step: who does it, with what form, behind what gate, until when and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.operation_words import OPERATION_WORDS
from processes.diagrams.check_automatic import literal
from processes.diagrams.conditions import Question, condition_in_words, questions_of
from processes.diagrams.in_order import Way, WrittenDrawing, WrittenStep, write
from processes.diagrams.words import SORTS, called, due_rule_in_words
from processes.engine import DecisionTable
from processes.engine.dmn_input import read_table
from processes.engine.drawing import Drawing, Node
from processes.engine.reading import Reading
from processes.engine.xml_input import BPMN, read_xml
from processes.forms import Form
from processes.handbook.requirements import Requirement, numbers_in, requirements
from processes.queries.diagrams import Published
from processes.rules.events import EVENTS
from processes.rules.facts import FACTS
from processes.rules.gates import GATES, Gate

UNNAMED = {
    "exclusiveGateway": "Välj väg",
    "parallelGateway": "Allt på en gång",
    "eventBasedGateway": "Vänta på det som händer först",
    "startEvent": "Början",
    "endEvent": "Slut",
}
"""What a step is called that has no name."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happens in an automatic step: what, and of what."""

    what: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepTold:
    """Everything that the handbook says of a step beside its own words."""

    name: str
    sort: str
    gates: tuple[Gate, ...] = ()
    due: str = ""
    form: Form | None = None
    table: str = ""
    """Key of the decision table that it asks."""
    called: str = ""
    """Key of the process that it calls."""
    starts: str = ""
    """Key of the process that it sets off beside this one."""
    letter: str = ""
    """Key of the letter that it writes."""
    happens: Told | None = None
    waits_for: str = ""
    when: str = ""
    sources: tuple[str, ...] = ()
    requirements: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A process as text: one of those that the handbook is about."""

    drawing: Drawing
    title: str
    written: WrittenDrawing
    told: Mapping[str, StepTold]
    ways: Mapping[str, str] = field(default_factory=dict)
    """By flow: its condition in words."""
    about: str = ""
    """What the process is for, in its own words."""
    begun_by: tuple[str, ...] = ()
    """The case events that start it, in Swedish."""
    called_by: tuple[tuple[str, str], ...] = ()
    """The steps (id and name) that call it."""

    def condition(self, way: Way) -> str:
        """When the way is taken, in words; empty if it is always or by an event."""
        return self.ways.get(way.flow.id, "") if way.flow else ""

    @property
    def ends(self) -> list[str]:
        """How the process can end, by the names of its ends."""
        return [node.name for node in self.drawing.nodes if node.kind == "endEvent" and node.name]

    def next_of(self, step: WrittenStep) -> list[str]:
        """Ids of the steps that can come next, in the order of the text."""
        if step.leads_to is not None:
            return [step.leads_to, *(way.steps[0].node.id for way in step.ways if way.steps)]
        found = [way.steps[0].node.id if way.steps else way.leads_to for way in step.ways]
        return [one for one in found if one]


@dataclass(frozen=True, slots=True)
class Carried:
    """A requirement with what carries it, each by id and name."""

    requirement: Requirement
    steps: list[tuple[str, str]]
    forms: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Handbook:
    """A published process with everything that it calls, as text."""

    key: str
    published: Published
    chapters: tuple[Chapter, ...]
    tables: Mapping[str, DecisionTable]
    questions: Mapping[str, Question]
    """What the names in its conditions and tables ask."""

    @property
    def title(self) -> str:
        return self.chapters[0].title

    @property
    def table_paths(self) -> Mapping[str, str]:
        """Where each decision table lies among the files."""
        return {_name(path): path for path in self.published.files if path.endswith(".dmn")}

    def title_of(self, key: str) -> str:
        """What a process that it calls is called; the key itself if it calls no such process."""
        return next((one.title for one in self.chapters if one.drawing.key == key), key)

    def gates(self) -> list[Gate]:
        """The gates that stand before some step of it."""
        found = {
            gate.name: gate for one in self.chapters for told in one.told.values() for gate in told.gates
        }
        return sorted(found.values(), key=lambda gate: gate.title)

    def carried(self) -> list[Carried]:
        """The requirements that some step or form of it carries, by number."""
        steps: dict[str, list[tuple[str, str]]] = {}
        forms: dict[str, list[tuple[str, str]]] = {}
        for chapter in self.chapters:
            for step, told in chapter.told.items():
                for one in told.requirements:
                    steps.setdefault(one.id, []).append((step, told.name))
        for path, content in self.published.files.items():
            name = _name(path)
            if name in self.published.forms and path.endswith(".json"):
                for number in numbers_in(content.decode(errors="replace")):
                    forms.setdefault(number, []).append((name, self.published.forms[name].title))
        return [
            Carried(one, steps.get(one.id, []), forms.get(one.id, []))
            for one in requirements()
            if one.id in steps or one.id in forms
        ]


def _name(path: str) -> str:
    """The name of a file without its folder and its ending."""
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def read_handbook(key: str, published: Published) -> Handbook:
    """The handbook of a published version; a folder without a diagram has none (DiagramNotFound)."""
    used = Reading(published.bundle.key, published.drawings, {}).used
    tables = {
        _name(path): read_table(content) for path, content in published.files.items() if path.endswith(".dmn")
    }
    questions = questions_of(published.forms) | _answers_of_tables(published.files)
    calls = [(node.called, node.id, node.name) for drawing in used for node in drawing.nodes if node.called]
    chapters = tuple(
        replace(
            _chapter(drawing, published, tables, questions),
            called_by=tuple((step, name) for called_key, step, name in calls if called_key == drawing.key),
        )
        for drawing in used
    )
    return Handbook(key, published, chapters, tables, questions)


def _answers_of_tables(files: Mapping[str, bytes]) -> dict[str, Question]:
    """What the answers of the decision tables are called: a condition may ask for them."""
    found = {}
    for path, content in files.items():
        if path.endswith(".dmn"):
            for element in read_xml(content).iter("{*}output"):
                if element.get("label"):
                    found[element.get("name", "")] = Question(element.get("label"))
    return found


def notes_of(content: bytes) -> list[str]:
    """What is written beside each row of a decision table."""
    rules = read_xml(content).iter("{*}rule")
    return [" ".join((rule.findtext("{*}description") or "").split()) for rule in rules]


def _chapter(
    drawing: Drawing,
    published: Published,
    tables: Mapping[str, DecisionTable],
    questions: Mapping[str, Question],
) -> Chapter:
    written = write(drawing)
    return Chapter(
        drawing=drawing,
        title=drawing.name or drawing.key,
        written=written,
        told={step.node.id: _told(drawing, step.node, published, tables) for step in written.every()},
        ways={
            flow.id: condition_in_words(flow.condition, questions)
            for flow in drawing.flows
            if flow.condition is not None
        },
        about=_about(published.files[drawing.file]),
        begun_by=tuple(event.label for event in EVENTS.values() if event.starts == drawing.key),
    )


def _about(content: bytes) -> str:
    """What the process says about itself in its diagram."""
    found = read_xml(content).find(f"{{{BPMN}}}process/{{{BPMN}}}documentation")
    return "" if found is None else " ".join((found.text or "").split())


def _told(
    drawing: Drawing, node: Node, published: Published, tables: Mapping[str, DecisionTable]
) -> StepTold:
    event = EVENTS.get(node.message or "")
    fact = FACTS.get(node.timer[1]) if node.timer else None
    return StepTold(
        name=node.name or UNNAMED.get(node.kind) or called(drawing, node),
        sort=SORTS.get(node.kind, node.kind),
        gates=tuple(GATES[name] for name in node.properties.get("gate", "").split() if name in GATES),
        due=_due(node),
        form=published.forms.get(node.id) if node.kind == "userTask" else None,
        table=node.decision if node.decision and node.decision in tables else "",
        called=node.called or "",
        starts=_started(node),
        letter=_named(node, "prepare_letter", "letter"),
        happens=_happens(node),
        waits_for=event.label if event else node.message or "",
        when=fact.question if fact else node.timer[1] if node.timer else "",
        sources=_sources(node),
        requirements=_requirements(node),
    )


def _due(node: Node) -> str:
    rule = node.properties.get("due", "")
    return due_rule_in_words(rule).removesuffix(f" ({rule})") if rule and rule != "none" else ""


def _sources(node: Node) -> tuple[str, ...]:
    chapter, law = node.properties.get("handbok"), node.properties.get("lagrum")
    return tuple(filter(None, (f"Handboken {chapter}" if chapter else "", law or "")))


def _requirements(node: Node) -> tuple[Requirement, ...]:
    by_number = {one.id: one for one in requirements()}
    numbers = numbers_in(node.properties.get("krav"))
    return tuple(by_number[number] for number in numbers if number in by_number)


def _named(node: Node, operation: str, parameter: str) -> str:
    """What a parameter of the operation always names; empty if the step does something else."""
    if node.operation != operation or parameter not in node.parameters:
        return ""
    return literal(node.parameters[parameter]) or ""


def _started(node: Node) -> str:
    event = EVENTS.get(_named(node, "record_event", "name"))
    return _named(node, "start_process", "key") or (event.starts if event and event.starts else "")


def _happens(node: Node) -> Told | None:
    """What an automatic step does, in words."""
    words = OPERATION_WORDS.get(node.operation or "")
    if words is None:
        return Told(node.operation) if node.operation else None
    details = []
    for name, expression in node.parameters.items():
        parameter = words.parameters.get(name)
        value = literal(expression)
        if parameter is not None and value is not None and not parameter.of:
            details.append(f"{parameter.label}: {parameter.choices.get(value, value)}")
    return Told(words.label, tuple(details))


def tables_asked(handbook: Handbook) -> Sequence[tuple[str, DecisionTable]]:
    """The decision tables that some step asks, and those by which every step's time and urgency are decided."""
    return sorted(handbook.tables.items(), key=lambda one: (one[1].name or one[0]).casefold())
