"""What stands between two versions of a diagram: what is told, in which words, and what makes no difference."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from processes.diagrams.differences import Difference, differences
from processes.diagrams.files import read_folder

DIAGRAM = "anstand/anstand.bpmn"


@cache
def published() -> dict[str, bytes]:
    return read_folder(Path("bpmn-diagrams"))


def told_of(*changes: tuple[str, str], path: str = DIAGRAM) -> list[Difference]:
    """What is told when each text, which stands once in the file, is replaced by the other."""
    text = published()[path].decode()
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return differences(published(), {**published(), path: text.encode()})


def test_nothing_stands_between_files_and_themselves():
    assert differences(published(), published()) == []


MUTATIONS = [
    ("a name", 'id="begar_anstand" name="Begär anstånd hos Kronofogden"', 'id="begar_anstand" name="Be om anstånd"',
     "begar_anstand", "Namnet på ”Be om anstånd” har ändrats: från ”Begär anstånd hos Kronofogden” till ”Be om anstånd”."),
    ("a message", 'id="definition_nytt_datum_for_anstand" messageRef="message_kfm_nyTid"',
     'id="definition_nytt_datum_for_anstand" messageRef="message_kfm_anstand_svar"', "nytt_datum_for_anstand",
     "Händelsen som väntas i ”Nytt datum” har ändrats: från ”Kronofogden har satt nytt datum (kfm.nyTid)” till "
     "”Svar på begäran om anstånd (kfm.anstand.svar)”."),
    ("a timer", "next_deferral_reminder_at", "eviction_at", "fraga_efter_svar",
     "Tidpunkten för ”Nästa arbetsdag utan svar” har ändrats: från ”next_deferral_reminder_at” till ”eviction_at”."),
    ("a condition", 'deferral_stance == "board_asks"', 'deferral_stance != "board_asks"',
     "flow_begar_namnden__begar_anstand",
     "Villkoret för flödet ”Ja” från ”Begär nämnden?” till ”Begär anstånd hos Kronofogden” har ändrats: från "
     "”deferral_stance == \"board_asks\"” till ”deferral_stance != \"board_asks\"”."),
    ("a gate", '<spiffworkflow:property name="gate" value="disclosure" />', "", "begar_anstand",
     "Spärren för ”Begär anstånd hos Kronofogden” har tagits bort: "),
    ("an operation", 'Operator id="notify"', 'Operator id="set_phase"', "paminn_om_anstand",
     "Vad systemet gör för ”Påminn: ring Kronofogden” har ändrats: från ”notify” till ”set_phase”."),
    ("a default", 'default="flow_begar_namnden__prova_anstand_igen"', 'default="flow_begar_namnden__begar_anstand"',
     "begar_namnden", "Vägen när inget villkor gäller för ”Begär nämnden?” har ändrats: från ”Vägval efter ”Datum är "
     "känt”” till ”Begär anstånd hos Kronofogden”."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "element", "words"), [row[1:] for row in MUTATIONS], ids=[row[0] for row in MUTATIONS]
)
def test_a_change_is_told_of_its_element_with_before_and_after(old, new, element, words):
    found = told_of((old, new))

    assert [(one.path, one.element, one.kind) for one in found] == [(DIAGRAM, element, "changed")]
    assert found[0].sentence.startswith(words)
