"""Legal rules: unannounced visits, follow-up, and who of us decides what."""

from __future__ import annotations

from typing import Final

from processes.diagrams.legal_rules.happenings import step
from processes.diagrams.legal_rules.patterns import After, Before, Gate, Lane, Never
from processes.diagrams.legal_rules.rule import EVERYWHERE, LegalRule

VISITS: Final = (
    LegalRule(
        key="oanmalt-besok-genom-sparr",
        sentence="Ett oanmält hembesök begärs, godkänns och görs bara genom spärren för oanmälda besök.",
        source="R-091, R-092, R-093, R-114; handboken 5.3 och 6.6; JO 1188-2020",
        process=EVERYWHERE,
        pattern=Gate(
            "unannounced-visit", ("begar_oanmalt_hembesok", "godkann_hembesok", "genomfor_hembesok")
        ),
    ),
    LegalRule(
        key="oanmalt-besok-godkant-av-chefen",
        sentence="Ett oanmält hembesök görs aldrig utan att Enhetschef har godkänt just den begäran.",
        source="R-092, R-113; handboken 5.3",
        process="oanmalt-hembesok",
        pattern=Before(
            then=(step("genomfor_hembesok"),),
            first=(step("godkann_hembesok", visit_decision="approve", cannot_be_done=False),),
            since=(step("begar_oanmalt_hembesok"), step("godkann_hembesok")),
        ),
    ),
    LegalRule(
        key="inget-oanmalt-besok-nar-nadd",
        sentence="Har hyresgästen nåtts på annat sätt görs inget oanmält hembesök.",
        source="R-091; handboken 5.3",
        process="oanmalt-hembesok",
        pattern=Never((step("genomfor_hembesok"),)),
        given={"tenant_reached_since_request": True},
    ),
    LegalRule(
        key="uppfoljning-genom-sparr",
        sentence="Uppföljning görs bara genom spärren för samtycke.",
        source="R-150, R-164, R-165; handboken 6.9; SoL 23:1",
        process=EVERYWHERE,
        pattern=Gate("follow-up", ("folj_upp", "folj_upp_barn")),
    ),
    LegalRule(
        key="uppfoljning-inte-utan-samtycke",
        sentence="Är ingen uppföljning planerad med samtycke öppnas inte uppgiften att följa upp.",
        source="R-150; handboken 6.9",
        process="uppfoljning",
        pattern=Never((step("vanta_pa_uppfoljning"), step("folj_upp"))),
        given={"follow_up_is_planned": False},
    ),
    LegalRule(
        key="efterlevande-stottas",
        sentence="Finns någon kvar i bostaden efter ett dödsfall, stöttas de som är kvar.",
        source="R-129; handboken 6.6",
        process="hantera-dodsfall",
        pattern=After(
            cause=(step("hantera_dodsfall", others_remain=True),), effect=(step("stotta_efterlevande"),)
        ),
    ),
    LegalRule(
        key="boende-som-vill-far-stod",
        sentence="En boende som vill ha stöd slussas vidare.",
        source="R-129, R-131; handboken 6.6",
        process="erbjud-boende-stod",
        pattern=After(
            cause=(step("erbjud_boende_stod", resident_stance="wants"),),
            effect=(step("slussa_boende_vidare"),),
        ),
    ),
    LegalRule(
        key="chefen-avgor",
        sentence="Det som Enhetschef ska avgöra ligger hos Enhetschef: att sluta söka kontakt, att avstå från närvaro, "
        "att godkänna besök och tvång, och att förlänga.",
        source="R-079, R-081, R-087, R-092, R-158, R-170; handboken 5 till 7",
        process=EVERYWHERE,
        pattern=Lane(
            "Enhetschef",
            (
                "prova_avslut_utan_kontakt",
                "godkann_ej_inledd",
                "godkann_tvangsprovning",
                "prova_sarskilda_skal",
                "godkann_hembesok",
                "godkann_avsta_narvaro",
                "prova_avslut_avhysning",
                "prova_uteblivet_samtal",
                "forlang_barnutredning",
                "besluta_insatser",
                "ansok_hos_ivo",
            ),
        ),
    ),
    LegalRule(
        key="vuxenenheten-ansvarar",
        sentence="Kontakten med hyresgäst och hyresvärd, närvaron, bekräftelsen och bedömningen av utfallet är "
        "Vuxenenhetens.",
        source="R-008, R-056, R-065, R-070, R-148; handboken 4.3",
        process=EVERYWHERE,
        pattern=Lane(
            "Vuxenenheten",
            (
                "kontakta_hyresgast",
                "kontakta_hyresvard",
                "informera_hyresvard",
                "samtala_med_foraldrar",
                "bekrafta_till_kronofogden",
                "narvara_vid_avhysning",
                "bedom_utfall",
                "bedom_utfall_avhysning",
            ),
        ),
    ),
    LegalRule(
        key="ekonomiskt-bistand-ansvarar",
        sentence="Bistånd, åtagande och att rädda hyresrätten prövas av Enheten för ekonomiskt bistånd.",
        source="R-076, R-139, R-141; handboken 4.3 och 6.8",
        process=EVERYWHERE,
        pattern=Lane(
            "Enheten för ekonomiskt bistånd",
            ("prova_ekonomiskt_bistand", "radda_hyresratten", "besluta_atagande", "posta_atagande"),
        ),
    ),
)
