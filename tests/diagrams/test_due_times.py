"""The table of due times is checked with the diagrams, and belongs to every published version of them."""

from __future__ import annotations

import pytest

from processes.diagrams.check_due_times import wrong_due_times
from processes.diagrams.files import DUE_TIMES, URGENCY, files_of_process, read_folder
from processes.diagrams.names import known_names
from processes.diagrams.shelf import read_shelf
from processes.operations import OPERATIONS
from processes.rules.due_dates import SET_BY_LAW, is_due_rule
from processes.settings import DIAGRAMS

FILES = read_folder(DIAGRAMS)


def messages(*changes: tuple[str, str]) -> list[str]:
    table = FILES[DUE_TIMES].decode()
    for old, new in changes:
        assert old in table
        table = table.replace(old, new)
    shelf = read_shelf(FILES | {DUE_TIMES: table.encode()})
    return [problem.message for problem in wrong_due_times(shelf, known_names(OPERATIONS))]


def test_the_table_as_it_stands_can_be_used() -> None:
    assert messages() == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"next_working_day"', '"i_morgon"', "Rad 1 svarar 'i_morgon', som inte är någon förfalloregel."),
        ('"next_working_day"', '"in_working_days_0"', "Rad 1 svarar 'in_working_days_0'"),
        ('"kontakta_hyresvard","planera', '"ring_hyresvarden","planera', "nämner steget 'ring_hyresvarden'"),
        ('"akut"', '"jättebråttom"', "nämner brådskan 'jättebråttom', som inte finns"),
        ("<text>urgency</text>", "<text>hur_brattom</text>", "Tabellen frågar efter hur_brattom"),
        ('hitPolicy="FIRST"', 'hitPolicy="ANY"', "ska heta forfallotider, ha träffregeln FIRST"),
        ('id="forfallotider"', 'id="tider"', "ska heta forfallotider"),
        ('name="due"', 'name="klar"', "ett enda svar, due"),
    ],
)
def test_what_is_wrong_with_it_is_said(old: str, new: str, message: str) -> None:
    assert any(message in one for one in messages((old, new)))


def test_a_table_that_leaves_a_step_without_an_answer_is_refused() -> None:
    table = FILES[DUE_TIMES].decode()
    last = table[table.index('      <rule id="forfallotider_rad_5">') : table.index("    </decisionTable>")]
    assert any("Ingen rad gäller" in one for one in messages((last, "")))


def test_a_folder_without_the_table_leaves_every_step_with_its_own_time() -> None:
    without = {path: content for path, content in FILES.items() if path != DUE_TIMES}
    assert wrong_due_times(read_shelf(without), known_names(OPERATIONS)) == []


def test_the_table_is_published_with_every_process_that_has_a_diagram() -> None:
    assert {DUE_TIMES, URGENCY} <= files_of_process(FILES, "bevakning").keys()
    assert DUE_TIMES not in files_of_process(FILES, "arendehandelser")


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("in_working_days_4", True), ("in_days_99", True), ("in_days_100", False), ("in_weeks_2", False)]
    + [(name, True) for name in sorted(SET_BY_LAW)],
)
def test_a_due_rule_is_known_by_its_name_or_counts_days(name: str, is_one: bool) -> None:
    assert is_due_rule(name) is is_one
