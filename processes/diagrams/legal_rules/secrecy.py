"""Legal rules: whom we may ask, what we may tell, and that nothing is investigated before an investigation is open."""

from __future__ import annotations

from typing import Final

from processes.diagrams.legal_rules.happenings import message, step, writes
from processes.diagrams.legal_rules.patterns import After, Before, Gate, GateOnClass, Listens, Never
from processes.diagrams.legal_rules.rule import EVERYWHERE, LegalRule

SECRECY: Final = (
    LegalRule(
        key="hyresvard-fragas-genom-sparr",
        sentence="Ingen väg leder till att hyresvärden tillfrågas utan att spärren för sådana frågor är prövad.",
        source="R-103, R-104; handboken 5.4.1.1 och 6.5; OSL 26:1",
        process=EVERYWHERE,
        pattern=Gate("landlord-question", ("kontakta_hyresvard", "faststall_delgivning")),
    ),
    LegalRule(
        key="hyresvard-fragas-inte-utan-lov",
        sentence="Så länge hyresvärden inte får tillfrågas öppnas inte uppgiften att kontakta hyresvärden.",
        source="R-104; handboken 6.5; OSL 26:1",
        process="kontakt-och-stod",
        pattern=Never((step("kontakta_hyresvard"),)),
        given={"landlord_may_be_asked": False},
    ),
    LegalRule(
        key="utlamnande-genom-sparr",
        sentence="Ingen väg leder till att hyresvärden informeras, eller att någon annan utanför får veta något, "
        "utan att spärren för utlämnande är prövad.",
        source="R-095, R-105, R-133; handboken 5.4; OSL 26:1",
        process=EVERYWHERE,
        pattern=Gate(
            "disclosure",
            (
                "informera_hyresvard",
                "forhandla_kvarboende",
                "begar_anstand",
                "begar_overflyttning",
                "overlamna_arende",
                "posta_atagande",
            ),
        ),
    ),
    LegalRule(
        key="hyresvard-informeras-inte-utan-samtycke",
        sentence="Finns inget att berätta som samtycket täcker, öppnas inte uppgiften att informera hyresvärden.",
        source="R-105, R-133; handboken 5.4.1.1",
        process="kontakt-och-stod",
        pattern=Never((step("informera_hyresvard"),)),
        given={"landlord_is_to_be_told": False},
    ),
    LegalRule(
        key="andrat-samtycke-avbryter-information",
        sentence="Medan hyresvärden ska informeras hör processen om ett samtycke ändras.",
        source="R-102; handboken 5.4",
        process="hyresvardsinformation",
        pattern=Listens("informera_hyresvard", ("samtycke.andrat",)),
    ),
    LegalRule(
        key="andrat-samtycke-avbryter-uppfoljning",
        sentence="Medan hushållet ska följas upp hör processen om ett samtycke ändras.",
        source="R-102, R-150; handboken 6.9",
        process="uppfoljning",
        pattern=Listens("folj_upp", ("samtycke.andrat",)),
    ),
    LegalRule(
        key="annan-forvaltning-genom-sparr",
        sentence="En annan förvaltning kontaktas bara genom spärren för samtycke.",
        source="R-107, R-122; handboken 5.4",
        process=EVERYWHERE,
        pattern=Gate("other-administration", ("hjalp_att_ansoka",)),
    ),
    LegalRule(
        key="ansokan-bevakas-inte-utan-samtycke",
        sentence="När samtycket till ansökan är återkallat frågar vi inte längre den andra förvaltningen.",
        source="R-102, R-107; handboken 5.4",
        process="ansokan-annan-forvaltning",
        pattern=Never((step("paminn_om_ansokan"),)),
        given={"application_consent_stands": False},
    ),
    LegalRule(
        key="anstand-begars-bara-nar-det-gar",
        sentence="Brevet om anstånd skrivs bara när begäran har gått att göra genom sin spärr.",
        source="R-095, R-155; handboken 7 faktaruta 1",
        process="anstand",
        pattern=Before(
            then=(writes("begaran-om-anstand"),),
            first=(step("begar_anstand", cannot_be_done=False),),
            since=(step("begar_anstand"),),
        ),
    ),
    LegalRule(
        key="utredning-genom-sparr",
        sentence="Varje utredande uppgift och varje individuell insats ligger bakom spärren mot utredning under "
        "aktualisering.",
        source="R-077, R-084, R-085; handboken 5.1; SoL 14:2",
        process=EVERYWHERE,
        pattern=GateOnClass(
            "no-investigation-in-intake",
            classes=("utredning", "stod", "ekonomiskt-bistand"),
            steps=("utred_behov", "besluta_insatser", "prova_ekonomiskt_bistand"),
        ),
    ),
    LegalRule(
        key="behov-utreds-inte-utan-utredning",
        sentence="Så länge ingen utredning är inledd öppnas inte uppgiften att utreda behov.",
        source="R-077, R-078; handboken 5.1 och 6.7",
        process="kontakt-och-stod",
        pattern=Never((step("utred_behov"), step("besluta_insatser"))),
        given={"investigation_is_open": False},
    ),
    LegalRule(
        key="vilja-genom-sparr",
        sentence="En utredning inleds bara genom spärren för den vuxnes vilja.",
        source="R-079, R-080; handboken 5.1",
        process=EVERYWHERE,
        pattern=Gate("adult-will", ("ta_stallning_till_utredning", "godkann_tvangsprovning")),
    ),
    LegalRule(
        key="mot-viljan-provar-chefen",
        sentence="Ska en utredning inledas utan att den vuxne vill, prövar Enhetschef det.",
        source="R-079, R-080; handboken 5.1; LVM",
        process="stallning-till-utredning",
        pattern=After(
            cause=(
                step(
                    "ta_stallning_till_utredning",
                    decision="open",
                    adult_stance=("declines", "undecided", "not_reached"),
                    cannot_be_done=False,
                ),
            ),
            effect=(step("godkann_tvangsprovning"),),
        ),
    ),
    LegalRule(
        key="ej-inledd-utan-kontakt-provar-chefen",
        sentence="Att inte inleda en utredning när den vuxne inte har nåtts prövas av Enhetschef.",
        source="R-009, R-078, R-081; handboken 6.7; JO 1683-2017",
        process="stallning-till-utredning",
        pattern=After(
            cause=(
                step(
                    "ta_stallning_till_utredning",
                    decision="not_open",
                    adult_stance="not_reached",
                    cannot_be_done=False,
                ),
            ),
            effect=(step("godkann_ej_inledd"),),
        ),
    ),
    LegalRule(
        key="uppgift-om-atgard-leder-till-stallning",
        sentence="Kommer en uppgift som kan leda till en åtgärd, tas ställning till utredning före nästa kontakt.",
        source="R-088; handboken 5.2 och 6.7; SoL 14:2",
        process="hyresgastkontakt",
        pattern=After(
            cause=(message("atgard.kan_bli_aktuell"),),
            effect=(step("ta_stallning_till_utredning"),),
            before=(step("kontakta_hyresgast"),),
        ),
        given={"investigation_is_open": False, "measure_may_be_needed": True},
    ),
    LegalRule(
        key="kontakt-hor-uppgift-om-atgard",
        sentence="Under kontakten med hyresgästen hör processen en uppgift som kan leda till en åtgärd.",
        source="R-088; handboken 5.2; SoL 14:2",
        process="hyresgastkontakt",
        pattern=Listens("kontakta_hyresgast", ("atgard.kan_bli_aktuell",)),
    ),
    LegalRule(
        key="aktualisering-provas-med-tiden",
        sentence="Så länge ställning inte är tagen vaktas aktualiseringens längd.",
        source="R-086, R-087; handboken 5.2",
        process="aktualiseringstid",
        pattern=Listens("vanta_pa_stallning", date=True),
    ),
    LegalRule(
        key="aktualisering-tar-inte-slut-av-sig-sjalv",
        sentence="Aktualiseringen tar inte slut förrän det är beslutat om en utredning ska inledas.",
        source="R-078, R-086; handboken 5.2",
        process="aktualiseringstid",
        pattern=Never((step("stallning_tagen"),)),
        given={"investigation_is_decided": False},
    ),
)
