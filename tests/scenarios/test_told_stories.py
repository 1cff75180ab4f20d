"""What a scenario file says is told in Swedish: its faults with their lines, unknown names, and each step in words."""

from __future__ import annotations

from functools import cache
from textwrap import dedent
from typing import Any

import pytest

from processes.diagrams.files import read_folder
from processes.diagrams.shelf import read_shelf
from processes.diagrams.yaml_text import read_yaml
from processes.scenarios import read_story, schema
from processes.scenarios.faults import line_of
from processes.scenarios.retelling import Line, Retold, retell
from processes.scenarios.stories import StoryRefused
from processes.scenarios.unknown_names import EXPECTED_NAMES, unknown_names
from processes.scenarios.vocabulary import Vocabulary, vocabulary_of
from tests.city import DIAGRAMS

STORY = dedent(
    """
    id: S-99
    title: Påhittad
    about: >
      Två
      rader.
    starts: 2026-03-10 08:00
    steps:
      - at: 2026-03-10 09:00
        who: siv
        notice:
          kind: A
          persons:
            - {name: F-99 Påhittad, role: contract_holder}
        expect:
          only_open: [ta_stallning]
          deadlines: {D-01: null, D-17 limit: 2026-04-07}
          closed: false
      - who: siv
        task: ta_stallning
        note: Ställning tas
          genast.
        answers: {stance: handle, caseworker: "@anna"}
        refused: {because: GateClosed, says: samtycke}
    """
)


@cache
def known() -> Vocabulary:
    return vocabulary_of(read_shelf(read_folder(DIAGRAMS)))


def test_each_step_is_told_with_the_names_that_a_person_uses():
    first, second = retell(read_story(STORY.encode()).steps, known())

    assert (first.at, first.act) == ("2026-03-10 09:00", "Siv Samuelsson registrerar en underrättelse.")
    assert first.answers == (
        Line("Vad har kommit in?", "Uppsägning på grund av obetald hyra (formulär 3)"),
        Line("Personer", "Namn: F-99 Påhittad, Roll: Kontraktsinnehavare"),
    )
    assert first.expected == (
        Line("De enda öppna uppgifterna", "Ta ställning till underrättelsen"),
        Line(
            "Frister",
            "Sista dag att få tillbaka hyresrätten (D-01): saknas, Aktualiseringens längd (D-17 limit): 2026-04-07",
        ),
        Line("Om ärendet är avslutat", "nej"),
    )
    assert second.act == "Siv Samuelsson gör ”Ta ställning till underrättelsen”."
    assert second.note == "Ställning tas genast."
    assert second.answers[1] == Line("Ansvarig handläggare", "Anna Lindqvist")
    assert second.refused == "En spärr är stängd, och skälet nämner ”samtycke”"


def test_a_step_in_which_only_time_passes_is_told_as_such():
    steps: tuple[dict[str, Any], ...] = ({"at": "2026-03-10 09:00"}, {"expect": {"running": []}})

    assert [one.act for one in retell(steps, known())] == ["Tiden går.", "Läget stäms av."]
    assert retell(steps, known())[1] == Retold(
        2, "", "Läget stäms av.", "", (), "", (Line("Processer som pågår", "inga"),)
    )


@pytest.mark.parametrize("file", sorted(DIAGRAMS.glob("*/scenarios/*.yaml")), ids=lambda file: file.stem)
def test_every_story_names_only_what_is_there_and_every_step_of_it_can_be_told(file):
    story = read_story(file.read_bytes())

    assert unknown_names(read_yaml(file.read_bytes()), known()) == []
    assert len(retell(story.steps, known())) == len(story.steps)


def _told(place: str, what: str, name: str, near: str) -> str:
    guess = f" Menar du {near}?" if near else ""
    return f"{place}: Det finns {what} som heter {name}.{guess}"


UNKNOWN = [
    ("task: ta_stallning", "task: ta_stalning", "steg 2, task", "ingen uppgift", "ta_stalning", "ta_stallning"),
    ("who: siv\n    task", "who: sivan\n    task", "steg 2, who", "ingen person", "sivan", "siv"),
    ("stance: handle", "stans: x", "steg 2, answers.stans", "ingen fråga i formuläret", "stans", "stance"),
    ("kind: A", "slag: A", "steg 1, notice.slag", "ingen fråga i formuläret", "slag", ""),
    ("only_open: [ta_stallning]", "only_open: [xyz]", "steg 1, expect.only_open", "ingen uppgift", "xyz", ""),
    ("D-01: null", "D-99: null", "steg 1, expect.deadlines", "ingen frist", "D-99", ""),
    ("closed: false", "events: {hyra.betalt: 1}", "steg 1, expect.events", "ingen händelse", "hyra.betalt",
     "hyra.betald"),
    ("closed: false", "running: [hot]", "steg 1, expect.running", "ingen process", "hot", ""),
    ("closed: false", "letters: {brevet: 1}", "steg 1, expect.letters", "inget brev", "brevet", ""),
    ("closed: false", "facts: {has_kids jan: 1}", "steg 1, expect.facts", "inget faktum", "has_kids", ""),
    ("closed: false", "notified: {chefen: 1}", "steg 1, expect.notified", "ingen enhet", "chefen", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [(old, new, _told(*rest)) for old, new, *rest in UNKNOWN],
    ids=[row[1][:24] for row in UNKNOWN],
)
def test_a_name_that_stands_for_nothing_is_told_with_the_nearest_that_does(old, new, told):
    assert STORY.count(old) == 1

    (fault,) = unknown_names(read_yaml(STORY.replace(old, new).encode()), known())

    assert str(fault).startswith(told)


def test_every_kind_of_expectation_that_names_something_is_looked_through():
    names_nothing = {"phase", "outcome", "closed", "consents", "disclosures"}
    assert EXPECTED_NAMES.keys() | names_nothing == set(schema()["$defs"]["expectation"]["properties"])


LINES = [
    ("starts: 2026-03-10 08:00", "starts: i dag", ("starts",), 7),
    ("closed: false", "closed: kanske", ("steps", 0, "expect", "closed"), 18),
    ("kind: A", "kind: A\n      kind: B", (), None),
    ("task: ta_stallning", "task: [1]", ("steps", 1, "task"), 20),
    ("  - who: siv\n    task", "  - task", ("steps", 1), 19),
]


@pytest.mark.parametrize(("old", "new", "path", "line"), LINES, ids=[new[:20] for _, new, _, _ in LINES])
def test_a_fault_has_the_line_that_it_stands_on(old, new, path, line):
    content = STORY.replace(old, new).encode()

    with pytest.raises(StoryRefused) as refused:
        read_story(content)

    assert refused.value.faults[0].path == path
    if line is not None:
        assert line_of(content, path) == line


def test_the_line_of_a_place_that_is_not_there_is_the_nearest_around_it():
    content = STORY.encode()

    assert line_of(content, ("steps", 0, "expect", "letters")) == line_of(content, ("steps", 0, "expect"))
    assert line_of(content, ("steps", 9)) == line_of(content, ("steps",))
    assert line_of(b"", ("steps",)) is None
    assert line_of(b"a: [", ("a",)) is None
