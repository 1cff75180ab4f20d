"""What the handbook says about who does a step and by when stands in the diagrams themselves."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import orjson
import pytest
from lxml import etree

from processes.handbook import documents

DIAGRAMS = Path(__file__).parents[2] / "bpmn-diagrams"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
PROPERTY = "{http://spiffworkflow.org/bpmn/schema/1.0/core}property"
COORDINATION, ADULTS, HEAD = "Samordningsfunktionen", "Vuxenenheten", "Enhetschef"
CHILDREN, ECONOMIC = "Enheten för barn och unga", "Enheten för ekonomiskt bistånd"
mark = pytest.mark


class Step(NamedTuple):
    """A user task as the diagram draws it."""

    name: str
    lane: str | None
    properties: dict[str, str]


@cache
def steps() -> dict[str, Step]:
    """Every user task of every diagram, by id."""
    found: dict[str, Step] = {}
    for file in DIAGRAMS.glob("*/*.bpmn"):
        tree = etree.parse(str(file))
        lanes = {
            node.text: lane.get("name")
            for lane in tree.iter(f"{BPMN}lane")
            for node in lane.iter(f"{BPMN}flowNodeRef")
        }
        for task in tree.iter(f"{BPMN}userTask"):
            number = str(task.get("id"))
            properties = {str(p.get("name")): str(p.get("value")) for p in task.iter(PROPERTY)}
            found[number] = Step(str(task.get("name")), lanes.get(number), properties)
    return found


def fields(step: str) -> dict[str, object]:
    """The fields of a step's form."""
    (file,) = DIAGRAMS.glob(f"*/forms/{step}.json")
    properties: dict[str, object] = orjson.loads(file.read_bytes())["properties"]
    return properties


@pytest.mark.parametrize(
    ("step", "lane", "due"),
    [
        pytest.param(
            "ta_stallning",
            COORDINATION,
            "next_working_day",
            marks=mark.requirement("R-046", "R-047", "R-048", "R-049"),
        ),
        pytest.param(
            "bekrafta_till_kronofogden", ADULTS, "same_day", marks=mark.requirement("R-056", "R-167")
        ),
        pytest.param(
            "kontakta_kronofogden_om_datum", COORDINATION, "same_day", marks=mark.requirement("R-151")
        ),
        pytest.param(
            "samrad_med_enheter",
            ADULTS,
            "in_working_days_3",
            marks=mark.requirement("R-036", "R-064", "R-121"),
        ),
        pytest.param(
            "prova_sarskilda_skal", HEAD, "in_working_days_3", marks=mark.requirement("R-086", "R-087")
        ),
        pytest.param(
            "ta_stallning_till_utredning", ADULTS, "intake_14_days", marks=mark.requirement("R-078", "R-086")
        ),
        pytest.param("godkann_tvangsprovning", HEAD, "same_day", marks=mark.requirement("R-080")),
        pytest.param("godkann_hembesok", HEAD, "next_working_day", marks=mark.requirement("R-092")),
        pytest.param(
            "involvera_barn_och_unga", CHILDREN, "next_working_day", marks=mark.requirement("R-135", "R-159")
        ),
        pytest.param("samtala_med_foraldrar", ADULTS, "in_working_days_5", marks=mark.requirement("R-030")),
        pytest.param("skyddsbedomning", CHILDREN, "same_day", marks=mark.requirement("R-168")),
        pytest.param("besluta_barnutredning", CHILDREN, "child_14_days", marks=mark.requirement("R-169")),
        pytest.param(
            "utred_barnets_behov",
            CHILDREN,
            "child_4_months",
            marks=mark.requirement("R-029", "R-073", "R-170"),
        ),
        pytest.param(
            "folj_upp_barn",
            CHILDREN,
            "child_follow_up_end",
            marks=mark.requirement("R-164", "R-165", "R-172"),
        ),
        pytest.param(
            "aterkoppla_till_anmalare", CHILDREN, "reporter_answer", marks=mark.requirement("R-171")
        ),
        pytest.param("posta_atagande", ECONOMIC, "recovery_last_day", marks=mark.requirement("R-139")),
        pytest.param(
            "prova_ekonomiskt_bistand",
            ECONOMIC,
            "in_working_days_5",
            marks=mark.requirement("R-050", "R-076", "R-132"),
        ),
        pytest.param(
            "narvara_vid_avhysning", ADULTS, "eviction_day", marks=mark.requirement("R-070", "R-108")
        ),
        pytest.param(
            "narvara_delta_barn", CHILDREN, "eviction_day", marks=mark.requirement("R-074", "R-108", "R-158")
        ),
        pytest.param("begar_anstand", ADULTS, "deferral_latest", marks=mark.requirement("R-155")),
        pytest.param("tillgodose_akut_behov", ADULTS, "same_day", marks=mark.requirement("R-157")),
    ],
)
def test_a_step_has_the_unit_and_the_due_day_that_the_handbook_gives_it(step, lane, due):
    assert (steps()[step].lane, steps()[step].properties["due"]) == (lane, due)


@pytest.mark.parametrize(
    ("step", "asked"),
    [
        pytest.param("kontakta_hyresvard", ["landlord_has_told"], marks=mark.requirement("R-010", "R-041")),
        pytest.param(
            "kontakta_hyresvard", ["meeting", "joint_visit_wanted"], marks=mark.requirement("R-038", "R-039")
        ),
        pytest.param("kontakta_hyresgast", ["three_party_talk"], marks=mark.requirement("R-033")),
        pytest.param(
            "kontakta_hyresgast",
            ["hindrance", "information_given"],
            marks=mark.requirement("R-005", "R-009", "R-082"),
        ),
        pytest.param(
            "kontakta_hyresgast", ["residents_found", "children_found"], marks=mark.requirement("R-129")
        ),
        pytest.param(
            "kontakta_hyresvard",
            ["concern_for_child", "concern_action"],
            marks=mark.requirement("R-110", "R-111"),
        ),
        pytest.param(
            "gemensam_traff", ["joint_assessment", "offered_support"], marks=mark.requirement("R-112")
        ),
        pytest.param("ta_emot_arende", ["sublet_signal"], marks=mark.requirement("R-119")),
        pytest.param(
            "ta_emot_arende", ["adults_registered", "children_registered"], marks=mark.requirement("R-120")
        ),
        pytest.param(
            "utred_behov", ["causes", "need_description"], marks=mark.requirement("R-052", "R-066", "R-136")
        ),
        pytest.param(
            "uppratta_handlingsplan",
            ["plan_goal", "measures", "parties"],
            marks=mark.requirement("R-007", "R-051"),
        ),
        pytest.param("besluta_insatser", ["child_perspective"], marks=mark.requirement("R-023", "R-025")),
        pytest.param("utred_behov", ["child_views"], marks=mark.requirement("R-024")),
        pytest.param(
            "forhandla_kvarboende",
            ["options_tried"],
            marks=mark.requirement("R-044", "R-068", "R-145", "R-147"),
        ),
        pytest.param(
            "forhandla_kvarboende", ["negotiation_result"], marks=mark.requirement("R-043", "R-144")
        ),
        pytest.param("forhandla_kvarboende", ["tribunal_told"], marks=mark.requirement("R-146")),
        pytest.param("radda_hyresratten", ["cooperation"], marks=mark.requirement("R-142")),
        pytest.param(
            "prova_ekonomiskt_bistand", ["guidance", "electricity_debt"], marks=mark.requirement("R-075")
        ),
        pytest.param(
            "involvera_barn_och_unga",
            ["parents_responsibility", "basic_needs_sign"],
            marks=mark.requirement("R-071", "R-072"),
        ),
        pytest.param(
            "genomfor_hembesok",
            ["entry_consents", "no_investigation"],
            marks=mark.requirement("R-089", "R-094"),
        ),
        pytest.param(
            "samtycke.givet",
            ["form", "recipient", "purposes", "given_at"],
            marks=mark.requirement("R-099", "R-101"),
        ),
        pytest.param("ta_stallning", ["informant", "stance"], marks=mark.requirement("R-117")),
        pytest.param("kontakta_hyresgast", ["children_asked"], marks=mark.requirement("R-130")),
        pytest.param(
            "stotta_och_motivera", ["key_advice_given", "costs_explained"], marks=mark.requirement("R-154")
        ),
        pytest.param(
            "stotta_och_motivera",
            ["belongings_advice", "housing_plan"],
            marks=mark.requirement("R-058", "R-059"),
        ),
        pytest.param(
            "narvara_delta_barn", ["packed_own_things", "prepared_for_move"], marks=mark.requirement("R-160")
        ),
        pytest.param(
            "narvara_vid_avhysning",
            ["support_offered", "applications", "follow_up_at"],
            marks=mark.requirement("R-060"),
        ),
        pytest.param("besluta_insatser", ["not_started_watch_on"], marks=mark.requirement("R-176")),
        pytest.param("bedom_utfall", ["objection"], marks=mark.requirement("R-174")),
        pytest.param("planera_narvaro", ["suitable_place"], marks=mark.requirement("R-027")),
        pytest.param("begar_anstand", ["deferral_ground"], marks=mark.requirement("R-156")),
    ],
)
def test_a_form_asks_what_the_handbook_wants_known(step, asked):
    assert set(asked) <= set(fields(step))


@pytest.mark.requirement("R-054", "R-152", "R-153")
def test_the_enforcement_stage_makes_the_same_checks_and_starts_the_same_support():
    drawn = (DIAGRAMS / "avhysning-kronofogden" / "avhysning-kronofogden.bpmn").read_text(encoding="utf-8")
    assert 'calledElement="mottagning"' in drawn
    assert "'kontakt-och-stod'" in drawn


@pytest.mark.requirement("R-161")
def test_no_step_offers_to_take_care_of_belongings_or_animals():
    words = ("magasiner", "förvara", "omhänderta", "store", "keep_belongings")
    named = [step.name.casefold() for step in steps().values()]
    asked = [
        field
        for step in steps()
        for file in DIAGRAMS.glob(f"*/forms/{step}.json")
        for field in fields(file.stem)
    ]
    assert [name for name in (*named, *asked) if any(word in name for word in words)] == []


@pytest.mark.requirement("R-002", "R-003")
def test_every_step_that_a_document_is_shown_beside_exists():
    assert {step for document in documents() for step in document.steps} <= set(steps())
