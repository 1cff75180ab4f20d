"""The names that a scenario may use on a set of process files, and what a person calls them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from processes.actions.demo import CAST
from processes.actions.events import EVENT_FORMS
from processes.actions.notices import NOTICE_EVENT
from processes.diagrams.shelf import Shelf, form_path
from processes.forms import Form
from processes.rules.deadlines.register import DEADLINES
from processes.rules.events import EVENTS
from processes.rules.facts import FACTS
from processes.rules.outcomes import OUTCOMES
from processes.rules.units import UNIT_NAMES, Unit


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that can be named, by its name in a scenario."""

    steps: Mapping[str, str]
    """The tasks of people."""
    forms: Mapping[str, Form]
    """The usable forms of tasks and events, and `notice` for the intake form."""
    letters: frozenset[str]
    processes: Mapping[str, str]
    events: Mapping[str, str]
    staff: Mapping[str, str]
    """By the name to sign in with: who there is in the city that every scenario is played in."""
    units: Mapping[str, str]
    deadlines: Mapping[str, str]
    outcomes: Mapping[str, str]
    facts: frozenset[str]

    @property
    def words(self) -> dict[str, str]:
        """What a person calls each of them."""
        named = {**self.units, **self.outcomes, **self.events, **self.processes, **self.staff, **self.steps}
        return {**named, **{f"@{name}": called for name, called in self.staff.items()}}


def vocabulary_of(shelf: Shelf) -> Vocabulary:
    """What a scenario may name when it is played on these files."""
    steps: dict[str, str] = {}
    forms: dict[str, Form] = {}
    for drawing in shelf.drawings:
        for node in drawing.nodes:
            if node.kind == "userTask":
                steps[node.id] = node.name
                form = shelf.forms.get(form_path(drawing, node))
                forms |= {} if form is None else {node.id: form}
    for name in EVENTS:
        form = shelf.forms.get(f"{EVENT_FORMS}/forms/{name}.json")
        forms |= {} if form is None else {name: form}
    if NOTICE_EVENT in forms:
        forms["notice"] = forms[NOTICE_EVENT]
    return Vocabulary(
        steps=steps,
        forms=forms,
        letters=shelf.letters(),
        processes={drawing.key: drawing.name for drawing in shelf.drawings},
        events={event.name: event.label for event in EVENTS.values()},
        staff={person.username: person.name for person in CAST},
        units={str(unit): UNIT_NAMES[unit] for unit in Unit},
        deadlines={rule.id: rule.title for rule in DEADLINES.values()},
        outcomes={outcome.code: outcome.label for outcome in OUTCOMES.values()},
        facts=frozenset(FACTS),
    )
