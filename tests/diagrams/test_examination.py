"""An examination can be stored and read again, and no file, however broken or large, makes it fail or never end."""

from __future__ import annotations

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from processes.diagrams.check import problems_in
from processes.diagrams.examination import Coverage, Examination, ScenarioResult, examine
from processes.diagrams.files import files_of_process, read_folder
from processes.diagrams.legal_rules import LEGAL_RULES, prove_rules
from processes.diagrams.names import known_names
from processes.diagrams.shelf import read_shelf
from processes.operations import OPERATIONS
from tests.city import DIAGRAMS
from tests.diagrams.faulty import changed, led_to, with_attribute, with_condition
from tests.engine.drawn import Drawn, files_of

FILES = read_folder(DIAGRAMS)
NAMES = known_names(OPERATIONS)
PART = files_of_process(FILES, "orosanmalan")
DIAGRAM = "orosanmalan/orosanmalan.bpmn"
RULES = [rule for rule in LEGAL_RULES if rule.process == "orosanmalan"]


def test_what_is_stored_is_read_again() -> None:
    broken = changed(
        FILES[DIAGRAM],
        with_condition("inleddes_barnutredning__utred_barnet", "not child_investigation_is_open"),
    )
    found = examine({**PART, DIAGRAM: broken}, NAMES)
    assert any(rule.path for rule in found.rules)
    whole = found.with_scenarios(
        (ScenarioResult("a/scenarios/b.yaml", "B", ok=False, message="Nej"),), {"a": Coverage(("x",), ("y",))}
    )
    for one in (whole, found, Examination()):
        assert Examination.from_json(orjson.loads(orjson.dumps(one.as_json()))) == one


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_diagram_however_broken_makes_the_proofs_fail(data: st.DataObject) -> None:
    content = PART[DIAGRAM]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 300)))
    broken = content[:start] + data.draw(st.binary(max_size=20)) + content[end:]
    results = prove_rules(read_shelf({**PART, DIAGRAM: broken}), NAMES, RULES)
    assert len(results) == len(RULES)


def test_a_call_whose_name_is_no_text_at_all_is_only_refused() -> None:
    broken = PART[DIAGRAM].replace(b'calledElement="barnutredning"', b'calledElement="barn\xff"')
    assert broken != PART[DIAGRAM]
    assert problems_in({**PART, DIAGRAM: broken}, NAMES)
    results = prove_rules(read_shelf({**PART, DIAGRAM: broken}), NAMES, RULES)
    assert {result.status for result in results} == {"unproven"}


def test_a_fault_in_one_process_does_not_hide_what_is_wrong_with_another() -> None:
    files = {
        **PART,
        DIAGRAM: changed(FILES[DIAGRAM], with_attribute("bedom_skydd_igen", "id", "Bedöm!")),
        "folj-upp-barn/folj-upp-barn.bpmn": changed(
            FILES["folj-upp-barn/folj-upp-barn.bpmn"],
            led_to("gick_uppfoljningen__uppfoljning_barn_gick_inte", "folj_upp_barn"),
        ),
    }
    problems = problems_in(files, NAMES)
    assert any("Bedöm!" in problem.message for problem in problems)
    assert any("uppfoljning_barn_gick_inte" in (problem.element or "") for problem in problems)


def test_a_process_with_hundreds_of_steps_is_refused_at_once_and_nothing_about_it_is_proven() -> None:
    steps = [f"steg_{number}" for number in range(400)]
    drawn = Drawn("orosanmalan").start().user(*steps).end().flow("start", *steps, "slut")
    files = {**PART, **files_of(drawn)}
    assert any("fler än 150 steg" in problem.message for problem in problems_in(files, NAMES))
    results = prove_rules(read_shelf(files), NAMES, RULES)
    assert {result.status for result in results} == {"unproven"}
