"""Every story beside a diagram comes true, on both databases, and a runner of stories cannot be fooled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent
from typing import Any

import orjson
import pytest
from sqlalchemy import MetaData, select

from processes.clock import ManualClock
from processes.scenarios import Outcome, Story, play, read_story, schema
from processes.scenarios.stories import StoryRefused
from tests.city import DIAGRAMS, City

STORIES = sorted(DIAGRAMS.glob("*/scenarios/*.yaml"))
BEFORE_EVERY_STORY = datetime(2026, 1, 1, tzinfo=UTC)
DOCUMENT = DIAGRAMS.parent / "docs" / "scenarios.md"


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands before the first story begins."""
    return ManualClock(BEFORE_EVERY_STORY)


def read(file: Path) -> Story:
    return read_story(file.read_bytes(), file=str(file.relative_to(DIAGRAMS)))


def failures(outcome: Outcome) -> str:
    """What did not come true, one line each, as a person wants to read it."""
    lines = [f"step {one.step}: {one.what}: {one.found}" for one in outcome.failures]
    return "\n".join([f"{outcome.story.file or outcome.story.id}", *lines])


ON_BOTH = [file for file in STORIES if file.stem.startswith("S-")]
"""The acceptance stories come true on PostgreSQL too; the edge cases ask nothing new of the database."""


@pytest.mark.parametrize(
    ("city", "file"),
    [*(("sqlite", file) for file in STORIES), *(("postgresql", file) for file in ON_BOTH)],
    indirect=["city"],
    ids=lambda one: one if isinstance(one, str) else one.stem,
)
def test_the_story_comes_true(city: City, file: Path) -> None:
    story = read(file)
    outcome = play(city.runtime, story)
    if not outcome.came_true:
        pytest.fail(failures(outcome), pytrace=False)
    assert outcome.checked[-1].step == len(story.steps), "the story stopped before its end"


def test_the_six_acceptance_stories_are_told() -> None:
    assert {read(file).id for file in STORIES} >= {"S-01", "S-02", "S-03", "S-04", "S-06", "S-09"}


def test_every_story_ends_with_something_expected_and_stands_in_a_file_of_its_name() -> None:
    for file in STORIES:
        story = read(file)
        assert "expect" in story.steps[-1], file
        assert file.stem.startswith(story.id.replace(" ", "-")), file


# The runner itself

OPENING = """
    id: S-99
    title: En påhittad berättelse
    starts: 2026-03-10 08:00
    steps:
      - at: 2026-03-10 09:00
        who: siv
        notice:
          kind: A
          received_at: 2026-03-10T08:40
          channel: registered_post
          informant: landlord
          posted_on: 2026-03-09
          posted_registered: true
          amount_due: "9450.00"
          landlord_name: Exempelbo AB
          address: Provgatan 1
          contract_kind: first_hand
          persons: [{name: F-99 Påhittad, role: contract_holder, protection: none}]
        as: brevet
"""


def story_with(steps: str) -> Story:
    """The opening with a registered notice, and these steps after it."""
    return read_story((dedent(OPENING) + indented(steps)).encode(), file="S-99.yaml")


def indented(steps: str) -> str:
    return "".join(f"  {line}\n" for line in dedent(steps).strip("\n").splitlines())


def told(city: City, steps: str) -> Outcome:
    return play(city.runtime, story_with(steps))


def everything_in(city: City) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    metadata = MetaData()
    with city.runtime.reading() as work:
        connection = work.session.connection()
        metadata.reflect(connection)
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }


FALSE_EXPECTATIONS = [
    ("open: [kontakta_hyresvard]", "öppna: ta_stallning"),
    ("only_open: [ta_stallning, kontakta_hyresvard]", "öppna: ta_stallning"),
    ("not_open: [ta_stallning]", "öppna: ta_stallning"),
    ("due: {ta_stallning: 2026-03-12 16:30}", "ska vara klar: 2026-03-11 16:30"),
    ("blocked: [ta_stallning]", "spärrad av: ingen spärr"),
    ("not_blocked: [kontakta_hyresvard]", "spärrad av: inte öppen"),
    ("may: [informera_hyresvard]", "Inget samtycke"),
    ("may_not: [kontakta_hyresvard]", "ingen spärr är stängd"),
    ("deadlines: {D-01: 2026-03-30}", "är: 2026-03-30 (preliminär)"),
    ("deadlines: {D-01: 2026-03-31 (preliminär)}", "är: 2026-03-30 (preliminär)"),
    ("deadlines: {D-01: null}", "är: 2026-03-30 (preliminär)"),
    ("deadlines: {D-17 limit: 2026-03-24}", "är: 2026-04-07"),
    ("readings: {D-05: [2026-04-01, 2026-04-02]}", "är: 2026-04-01"),
    ("explained: {D-01: uppfunnet}", "säger: "),
    ("facts: {recovery_state brevet: passed}", "är: open"),
    ("letters: {informationsbrev: 1}", "skrivet: 0"),
    ("addresses: {informationsbrev: ['F-99 Påhittad, Provgatan 1']}", "går till: ingen"),
    ("kept_apart: [informationsbrev]", "inget sådant brev"),
    ("events: {hyresvard.underrattelse: 2}", "antecknad: 1"),
    ("running: [hot-om-avhysning]", "pågår: underrattelse"),
    ("not_running: [underrattelse]", "pågår: underrattelse"),
    ("notified: [enhetschef]", "fått veta: ingen"),
    ("notified: {enhetschef: 1}", "fått veta: 0"),
    ("phase: after", "är: early"),
    ("outcome: executed", "är: inget"),
    ("closed: true", "pågår: underrattelse"),
    ("consents: {landlord: 1}", "gäller: 0"),
    ("disclosures: 1", "utlämnade: 0"),
]


def test_every_kind_of_expectation_can_fail(city: City) -> None:
    story = story_with("".join(f"- expect: {{{wanted}}}\n" for wanted, _ in FALSE_EXPECTATIONS))
    outcome = play(city.runtime, story)
    assert not outcome.came_true
    found = {one.step: one for one in outcome.failures}
    for step, (wanted, instead) in enumerate(FALSE_EXPECTATIONS, start=2):
        assert step in found, f"{wanted} came true"
        assert instead in found[step].found, f"{wanted}: {found[step].found}"
    assert {wanted.partition(":")[0] for wanted, _ in FALSE_EXPECTATIONS} == expectation_keys()


def expectation_keys() -> set[str]:
    return set(schema()["$defs"]["expectation"]["properties"])


@pytest.mark.parametrize(
    "wanted",
    [
        "not_open: [ta_stalning]",
        "not_running: [hot-om-avhysningen]",
        "events: {hyra.betalt: 0}",
        "letters: {informationsbrevet: 0}",
        "addresses: {informationsbrevet: []}",
        "kept_apart: [informationsbrevet]",
        "deadlines: {D-99: null}",
        "explained: {D-99: uppfunnet}",
        "facts: {recovery_stat brevet: open}",
        "facts: {recovery_state breven: open}",
        "consents: {landlady: 0}",
        "notified: {enhetschefen: 0}",
        "outcome: avverted",
        "may_not: [informera_hyresvarden]",
    ],
)
def test_a_name_that_stands_for_nothing_never_comes_true(city: City, wanted: str) -> None:
    outcome = told(city, f"- expect: {{{wanted}}}")
    assert [one.found.startswith("Det finns ") for one in outcome.failures] == [True]


REFUSED = """
    - who: siv
      task: ta_stallning
      answers: {stance: handle, grounds: [arrears], informant: landlord}
      refused: {because: AnswersRefused, says: caseworker}
    - who: siv
      event: uppgift.lamnad
      answers:
        recipient: landlord
        what: [payment]
        about: [$F-99 Påhittad]
        purpose: inform_of_measures
        ground: consent
        channel: phone
        at: 2026-03-10T09:00
      refused: {because: GateClosed, says: samtycke}
    - who: karim
      look: ta_stallning
      refused: {because: NotOfThisUnit}
"""


def test_a_refused_step_changes_nothing(city: City) -> None:
    seen: list[dict[str, list[tuple[Any, ...]]]] = []

    class Watched(tuple[Any, ...]):
        """The steps of a story, with a look at the whole database before each."""

        __slots__ = ()

        def __iter__(self) -> Iterator[Any]:
            for step in super().__iter__():
                seen.append(everything_in(city))
                yield step

    story = story_with(REFUSED)
    outcome = play(city.runtime, replace(story, steps=Watched(story.steps)))
    assert outcome.came_true, failures(outcome)
    assert [one.step for one in outcome.checked] == [1, 2, 3, 4]
    empty, registered, *refused = [*seen, everything_in(city)]
    assert registered != empty
    assert refused == [registered] * 3


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ("- {who: siv, task: kontakta_hyresvard}", "Ingen uppgift kontakta_hyresvard är öppen"),
        ("- {who: nobody, task: ta_stallning}", "CaseworkerNotFound"),
        ("- {who: siv, task: ta_stallning, answers: {caseworker: $ingen}}", "Ingenting kallas ingen"),
        ("- {who: siv, task: ta_stallning, about: ingen}", "Ingenting kallas ingen"),
        ("- {who: siv, look: ta_stallning, persons: {hon: F-98}}", "Ingen i ärendet heter F-98"),
        ("- {who: siv, event: hyra.betald, answers: {}}", "AnswersRefused"),
    ],
)
def test_a_step_that_cannot_be_done_is_reported_and_the_story_stops_there(
    city: City, steps: str, found: str
) -> None:
    outcome = told(city, steps + "\n- expect: {open: [ta_stallning]}")
    assert [one.step for one in outcome.failures] == [2]
    assert found in outcome.failures[0].found
    assert outcome.checked[-1].step == 2


def test_a_refusal_that_was_expected_but_did_not_come_is_reported(city: City) -> None:
    outcome = told(city, "- {who: siv, look: ta_stallning, refused: {because: GateClosed}}")
    assert [(one.step, one.found) for one in outcome.failures] == [(2, "det tilläts")]


def test_a_refusal_for_another_reason_is_reported(city: City) -> None:
    steps = "- {who: karim, look: ta_stallning, refused: {because: NotOfThisUnit, says: kommer från mars}}"
    outcome = told(city, steps)
    assert [one.step for one in outcome.failures] == [2]


def test_a_story_without_expectations_does_not_come_true(city: City) -> None:
    assert not play(city.runtime, Story("S-99", "Tom", BEFORE_EVERY_STORY, (), ())).came_true


def test_timers_go_off_on_the_way_to_a_later_instant(city: City) -> None:
    later = """
        - who: siv
          task: ta_stallning
          answers:
            grounds: [arrears]
            informant: landlord
            may_lead_to_measure: false
            stance: handle
            caseworker: "@anna"
          expect: {notified: {ekonomiskt-bistand: 0}}
        - at: 2026-03-24 12:00
          expect: {notified: {ekonomiskt-bistand: 1}}
        - at: 2026-03-28 12:00
          expect: {notified: {ekonomiskt-bistand: 3}}
    """
    outcome = told(city, later)
    assert outcome.came_true, failures(outcome)


def test_a_letter_that_names_another_person_is_reported(city: City) -> None:
    written = """
        - who: siv
          task: ta_stallning
          answers:
            grounds: [arrears]
            informant: landlord
            may_lead_to_measure: false
            stance: handle
            caseworker: "@anna"
        - who: anna
          event: person.funnen
          answers: {name: Provgatan, role: adult_resident, id_kind: unknown, protection: none}
        - who: anna
          task: ta_emot_arende
          answers:
            register_method: navet
            tenant_registered_here: "yes"
            known_in_own_administration: false
            other_administration: not_asked
            treserva_type: Information
            treserva_reason: Hot om avhysning
            treserva_registered_on: 2026-03-10
            send_information_letter: true
          expect:
            addresses: {informationsbrev: ["F-99 Påhittad, Provgatan 1"]}
            kept_apart: [informationsbrev]
    """
    outcome = told(city, written)
    assert [one.found for one in outcome.failures] == ["nämner också Provgatan"], failures(outcome)


# Reading a file


MALFORMED = [
    ("- expect: {opened: [ta_stallning]}", "steg 2, expect: opened finns inte bland det som kan stå här."),
    ("- {at: 2026-03-10, expect: {closed: false}}", "steg 2, at: ”2026-03-10” skrivs ÅÅÅÅ-MM-DD TT:MM."),
    ("- {at: 2026-02-30 08:00, expect: {closed: false}}", "steg 2, at: 2026-02-30 08:00 är ingen tid."),
    ("- {at: 2026-03-09 08:00}", "steg 2, at: 2026-03-09 08:00 är tidigare än tiden före."),
    ("- {task: ta_stallning}", "steg 2: who saknas: skriv vem som gör det."),
    (
        "- {who: siv, task: ta_stallning, event: flytt}",
        "steg 2: task och event kan inte hända i ett och samma steg.",
    ),
    ("- {answers: {stance: handle}}", "steg 2: Ingenting händer som kan besvaras eller nekas."),
    ("- {refused: {because: GateClosed}}", "steg 2: Ingenting händer som kan besvaras eller nekas."),
    ("- {who: siv, look: ta_stallning, refused: {says: nej}}", "steg 2, refused: because saknas."),
    (
        "- expect: {deadlines: {D-01: snart}}",
        "steg 2, expect.deadlines.D-01: ”snart” skrivs ÅÅÅÅ-MM-DD, eller ÅÅÅÅ-MM-DD (preliminär).",
    ),
    ("- expect: {closed: false}\n  expect: {closed: true}", "expect står två gånger (rad 22)."),
    ("- expect: [", "S-99.yaml: Texten går inte att läsa som YAML"),
]


@pytest.mark.parametrize(("steps", "fault"), MALFORMED, ids=[fault[:40] for _, fault in MALFORMED])
def test_a_malformed_file_is_refused_with_its_place(steps: str, fault: str) -> None:
    with pytest.raises(StoryRefused) as refused:
        story_with(steps)
    assert fault in str(refused.value)
    assert "S-99.yaml" in str(refused.value)


def test_every_fault_of_a_file_is_told_at_once() -> None:
    with pytest.raises(StoryRefused) as refused:
        story_with("- expect: {opened: []}\n- {task: ta_stallning}")
    assert len(str(refused.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "filen: "),
        (b"- a list", "filen: "),
        (b"\xff\xff", "går inte att läsa som YAML"),
        (b"? [id]\n: S-99", "går inte att läsa som YAML"),
        (b"1: S-99", "filen: "),
        (b"id: S-99\ntitle: t\nstarts: 2026-03-10 08:00\nsteps: []", "steps"),
        (
            b"id: S-99\ntitle: t\nstarts: 2026-03-10 08:00\nsteps: [{expect: {closed: true}}]",
            "börja med en underrättelse",
        ),
    ],
)
def test_a_file_that_is_no_story_is_refused(content: bytes, fault: str) -> None:
    with pytest.raises(StoryRefused, match=fault):
        read_story(content, file="S-99.yaml")


def test_yes_no_and_on_are_words_and_only_true_and_false_are_not() -> None:
    story = story_with("- {who: siv, task: ta_stallning, answers: {on: yes, off: no, sure: true}}")
    assert story.steps[1]["answers"] == {"on": "yes", "off": "no", "sure": True}


def test_the_document_explains_every_key() -> None:
    text = DOCUMENT.read_text()
    properties = [
        name for part in (schema(), *schema()["$defs"].values()) for name in part.get("properties", {})
    ]
    assert [name for name in properties if f"`{name}`" not in text] == []


def test_the_documents_example_is_a_story_that_comes_true(city: City) -> None:
    example = DOCUMENT.read_text().partition("```yaml\n")[2].partition("```")[0]
    outcome = play(city.runtime, read_story(example.encode(), file="docs/scenarios.md"))
    assert outcome.came_true, failures(outcome)


def test_the_schema_is_a_schema() -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(orjson.loads(orjson.dumps(schema())))
