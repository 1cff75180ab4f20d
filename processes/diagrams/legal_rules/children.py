"""Legal rules: the child is seen, the parents are talked to, and the children's unit assesses and decides."""

from __future__ import annotations

from typing import Final

from processes.diagrams.legal_rules.happenings import carries_out, starts, step
from processes.diagrams.legal_rules.patterns import After, Before, Gate, Lane, Listens, Never, OnEveryWay
from processes.diagrams.legal_rules.rule import EVERYWHERE, LegalRule

CHILDREN: Final = (
    LegalRule(
        key="foraldrasamtal-fore-slutet",
        sentence="Med barn tar barnets situation inte slut utan uppgiften att samtala med föräldrarna.",
        source="R-030; handboken 3; SoL 18:1",
        process="barnets-situation",
        pattern=OnEveryWay((step("samtala_med_foraldrar"),)),
        given={"case_has_child": True, "parents_talk_is_settled": False},
        until={"parents_talk_is_settled": "samtala_med_foraldrar"},
    ),
    LegalRule(
        key="barn-vid-avhysning-fore-utfall",
        sentence="Med barn stänger ingen väg en avhysning utan att barnets situation, med samtalet, har startats.",
        source="R-030, R-159; handboken 3 och 7",
        process="avhysning-kronofogden",
        pattern=Before(then=(carries_out("set_outcome"),), first=(starts("barnets-situation"),)),
        given={"case_has_child": True},
    ),
    LegalRule(
        key="uteblivet-samtal-provar-chefen",
        sentence="Blir samtalet med föräldrarna inte av, prövar Enhetschef om det kan utebli.",
        source="R-030; handboken 3",
        process="foraldrasamtal",
        pattern=After(
            cause=(step("samtala_med_foraldrar", talk_result="not_held"),),
            effect=(step("prova_uteblivet_samtal"),),
            before=(step("samtala_med_foraldrar"),),
        ),
    ),
    LegalRule(
        key="oro-fors-vidare",
        sentence="Oro för barnet i samtalet förs vidare samma dag, innan samtalet räknas som klart.",
        source="R-028, R-110, R-111; handboken 5.5; SoL 19:1",
        process="foraldrasamtal",
        pattern=After(
            cause=(step("samtala_med_foraldrar", talk_concern=("some", "serious")),),
            effect=(step("lamna_over_oro"),),
            before=(step("samtala_med_foraldrar"),),
        ),
    ),
    LegalRule(
        key="barnenheten-involveras",
        sentence="Med barn involveras Enheten för barn och unga i varje barns situation.",
        source="R-135, R-159; handboken 6.7",
        process="barnets-situation",
        pattern=OnEveryWay((step("involvera_barn_och_unga"),)),
        given={"case_has_child": True, "children_unit_is_involved": False},
        until={"children_unit_is_involved": "involvera_barn_och_unga"},
    ),
    LegalRule(
        key="barnbedomning-genom-sparr",
        sentence="Skyddsbedömning och beslut om barn tas bara genom spärren för behörighet.",
        source="R-173; handboken 5.5; SoL 25:1",
        process=EVERYWHERE,
        pattern=Gate(
            "child-assessment",
            ("skyddsbedomning", "besluta_barnutredning", "avsluta_barnutredning", "besluta_uppfoljning_barn"),
        ),
    ),
    LegalRule(
        key="samtal-med-barn-genom-sparr",
        sentence="Samtal med ett barn sker bara genom spärren för utredning.",
        source="R-026; SoL 20:7",
        process=EVERYWHERE,
        pattern=Gate("child-talk", ("utred_barnets_behov",)),
    ),
    LegalRule(
        key="barnenheten-ansvarar",
        sentence="Det som rör barnets skydd och utredning görs av Enheten för barn och unga.",
        source="R-073, R-074, R-109, R-173; handboken 4.3; SoL 25:1",
        process=EVERYWHERE,
        pattern=Lane(
            "Enheten för barn och unga",
            (
                "involvera_barn_och_unga",
                "skyddsbedomning",
                "besluta_barnutredning",
                "utred_barnets_behov",
                "avsluta_barnutredning",
                "besluta_uppfoljning_barn",
                "informera_uppfoljning_barn",
                "folj_upp_barn",
                "narvara_delta_barn",
                "aterkoppla_till_anmalare",
            ),
        ),
    ),
    LegalRule(
        key="skydd-bedoms-forst",
        sentence="En orosanmälan leder aldrig till beslut om utredning utan att behovet av omedelbart skydd är bedömt.",
        source="R-168; SoL 20:1",
        process="orosanmalan",
        pattern=Before(
            then=(step("besluta_barnutredning"),), first=(step("skyddsbedomning", cannot_be_done=False),)
        ),
    ),
    LegalRule(
        key="anmalan-beslutas",
        sentence="Varje orosanmälan leder till ett beslut om utredning, om ingen utredning redan pågår.",
        source="R-169; SoL 20:2",
        process="orosanmalan",
        pattern=OnEveryWay(
            (step("besluta_barnutredning"),), unless=(step("skyddsbedomning", child_investigation_runs=True),)
        ),
    ),
    LegalRule(
        key="barn-utreds-inte-utan-beslut",
        sentence="Ett barns behov utreds aldrig utan att en utredning är inledd.",
        source="R-029, R-073, R-169; SoL 14:2",
        process="orosanmalan",
        pattern=Never((step("utred_barnets_behov"),)),
        given={"child_investigation_is_open": False},
    ),
    LegalRule(
        key="barnutredning-avslutas-med-beslut",
        sentence="En barnutredning tar aldrig slut utan beslutet att avsluta den.",
        source="R-073, R-170, R-173; SoL 20:3",
        process="barnutredning",
        pattern=OnEveryWay((step("avsluta_barnutredning", cannot_be_done=False),)),
    ),
    LegalRule(
        key="uppfoljning-av-barn-efter-besked",
        sentence="Ett barn följs aldrig upp innan vårdnadshavare och barn är informerade.",
        source="R-172; SoL 23:1",
        process="orosanmalan",
        pattern=Before(then=(step("folj_upp_barn"),), first=(step("informera_uppfoljning_barn"),)),
    ),
    LegalRule(
        key="uppfoljning-av-barn-har-slut",
        sentence="Uppföljning av ett barn vaktas av sin sista dag.",
        source="R-164, R-165; SoL 23:5",
        process="folj-upp-barn",
        pattern=Listens("folj_upp_barn", date=True),
    ),
    LegalRule(
        key="uppfoljning-av-barn-inte-utan-grund",
        sentence="När uppföljningen inte längre får pågå öppnas inte uppgiften att följa upp barnet.",
        source="R-164, R-165; SoL 23:5",
        process="orosanmalan",
        pattern=Never((step("folj_upp_barn"),)),
        given={"child_follow_up_goes_on": False},
    ),
)
