"""The table of faults: what a hand could do to the diagrams that are shipped, and which check catches it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.diagrams.faulty import (
    Change,
    as_kind,
    both,
    cell,
    dropped,
    lane_renamed,
    led_to,
    message_renamed,
    moved_to,
    not_terminating,
    passed_by,
    swapped,
    table_attribute,
    table_row_dropped,
    terminating,
    with_attribute,
    with_condition,
    with_parameter,
    with_property,
    with_timer,
    without_property,
)


@dataclass(frozen=True)
class Fault:
    """What is done to a file, and what catches it."""

    what: str
    file: str
    """The process whose diagram is changed, or the path of another file."""
    change: Change | None
    """None: the file is taken away."""
    rule: str = ""
    """The legal rule that is broken."""
    says: str = ""
    """Words of the problem that is found."""

    @property
    def path(self) -> str:
        return self.file if "/" in self.file else f"{self.file}/{self.file}.bpmn"


FAULTS = [
    # A gate is gone
    Fault(
        "Spärren bort från att informera hyresvärden",
        "hyresvardsinformation",
        without_property("informera_hyresvard", "gate"),
        rule="utlamnande-genom-sparr",
    ),
    Fault(
        "Spärren bort från att kontakta hyresvärden",
        "hyresvardskontakt",
        without_property("kontakta_hyresvard", "gate"),
        rule="hyresvard-fragas-genom-sparr",
    ),
    Fault(
        "Spärren för avslut bort, kapitel 6",
        "hot-utfall",
        without_property("bedom_utfall", "gate"),
        rule="avslut-genom-sparr",
    ),
    Fault(
        "Spärren för avslut bort, kapitel 7",
        "avslut-avhysning",
        without_property("bedom_utfall_avhysning", "gate"),
        rule="avslut-genom-sparr",
    ),
    Fault(
        "Spärren bort från att avstå från närvaro",
        "planera-narvaro",
        without_property("avsta_narvaro", "gate"),
        rule="avsta-genom-sparr",
    ),
    Fault(
        "Spärren bort från skyddsbedömningen",
        "orosanmalan",
        without_property("skyddsbedomning", "gate"),
        rule="barnbedomning-genom-sparr",
    ),
    Fault(
        "Spärren bort från det oanmälda besöket",
        "oanmalt-hembesok",
        without_property("genomfor_hembesok", "gate"),
        rule="oanmalt-besok-genom-sparr",
    ),
    Fault(
        "Spärren bort från utredningen",
        "utredning-och-insatser",
        without_property("utred_behov", "gate"),
        rule="utredning-genom-sparr",
    ),
    Fault(
        "Spärren och klassen bort från utredningen",
        "utredning-och-insatser",
        both(without_property("utred_behov", "gate"), without_property("utred_behov", "klass")),
        rule="utredning-genom-sparr",
    ),
    Fault(
        "Spärren bytt mot en annan",
        "radda-hyresratten",
        with_property("posta_atagande", "gate", "disclosure"),
        rule="atagande-genom-sparr",
    ),
    Fault(
        "Spärren felstavad",
        "hot-utfall",
        with_property("bedom_utfall", "gate", "closng"),
        says="spärren closng, som inte finns",
    ),
    # A condition is another
    Fault(
        "Vänt villkor: barn vid avstående",
        "planera-narvaro",
        with_condition("familj_avstar__godkann_avsta_narvaro", "not case_has_child"),
        rule="avsta-med-barn-provar-chefen",
    ),
    Fault(
        "Vänt villkor: från Kronofogden",
        "underrattelse",
        with_condition("slag_av_underrattelse__ta_emot_fran_kronofogden", "not notice_is_from_enforcement"),
        rule="kronofogden-bekraftas",
    ),
    Fault(
        "Vänt villkor: får hyresvärden tillfrågas",
        "hyresvardskontakt",
        with_condition("far_hyresvarden_fragas__kontakta_hyresvard", "not landlord_may_be_asked"),
        rule="hyresvard-fragas-inte-utan-lov",
    ),
    Fault(
        "Vänt villkor: är utredning inledd",
        "kontakt-och-stod",
        with_condition("ar_utredning_inledd__utredning", "not investigation_is_open"),
        rule="behov-utreds-inte-utan-utredning",
    ),
    Fault(
        "Vänt villkor: avstått från närvaro",
        "narvaro",
        with_condition("ar_narvaro_avstadd__registrera_utfall", "not presence_is_waived"),
        rule="narvaro-pa-dagen",
    ),
    Fault(
        "Ombytta pilar: barn på plats",
        "narvaro",
        swapped("barn_pa_plats__narvara_delta_barn", "barn_pa_plats__barn_pa_plats_klart"),
        rule="narvaro-for-barnen",
    ),
    Fault(
        "Ombytta pilar: den boende vill ha stöd",
        "erbjud-boende-stod",
        swapped("vill_boende_ha_stod__slussa_boende_vidare", "vill_boende_ha_stod__boende_avbojde"),
        rule="boende-som-vill-far-stod",
    ),
    Fault(
        "Fel värde: inte nådd",
        "hot-utfall",
        with_condition(
            "vilket_utfall__prova_avslut_utan_kontakt", "cannot_be_done != True and outcome == 'not_reached'"
        ),
        rule="inte-nadd-avgor-chefen",
    ),
    Fault(
        "Fel svar: Kronofogden återkallar",
        "nycklar",
        with_condition("aterkallar_kfm__anteckna_aterkallelse", 'kfm_answer == "stands"'),
        rule="nycklar-ar-ingen-aterkallelse",
    ),
    Fault(
        "Villkoret glömmer godkännandet",
        "oanmalt-hembesok",
        with_condition("chefens_svar_besok__nadd_under_tiden", "not cannot_be_done"),
        rule="oanmalt-besok-godkant-av-chefen",
    ),
    Fault(
        "Villkoret glömmer att det inte gick",
        "avslut-avhysning",
        swapped("gick_att_bedoma__utfall_klart_avhysning", "gick_att_bedoma__prova_avslut_avhysning"),
        rule="utfall-bedoms-kapitel-7",
    ),
    Fault(
        "Villkoret glömmer personens vilja",
        "stallning-till-utredning",
        with_condition(
            "vad_beslutas__godkann_tvangsprovning",
            "cannot_be_done != True and decision == 'open' and adult_stance == 'declines'",
        ),
        rule="mot-viljan-provar-chefen",
    ),
    Fault(
        "Oro räknas bara när den är allvarlig",
        "foraldrasamtal",
        with_condition("oro_for_barnet__lamna_over_oro", 'talk_concern == "serious"'),
        rule="oro-fors-vidare",
    ),
    Fault(
        "Fristen räknas som avgjord fast den gått ut",
        "vaka-over-fristen",
        with_condition("hur_star_fristen__frist_utgangen", "recovery_state == 'lost'"),
        rule="frist-avgors-inte-i-tysthet",
    ),
    Fault(
        "Bistånd som delvis beviljats betalas inte",
        "ekonomiskt-bistand",
        with_condition(
            "ar_bistand_beviljat__betala_ut_bistand",
            "cannot_be_done != True and assistance_decision in ['granted', 'granted_reclaim']",
        ),
        rule="beviljat-bistand-betalas",
    ),
    Fault(
        "Två villkor gäller samtidigt",
        "vaka-over-fristen",
        with_condition("hur_star_fristen__frist_utgangen", "recovery_state in ['open', 'passed']"),
        says="gäller samtidigt",
    ),
    Fault(
        "Felstavat faktum i ett villkor",
        "narvaro",
        with_condition("barn_pa_plats__narvara_delta_barn", "case_has_chlid"),
        says="varken ett faktum eller ett svar",
    ),
    Fault(
        "Python i ett villkor",
        "narvaro",
        with_condition("barn_pa_plats__narvara_delta_barn", "open('x')"),
        says="går inte att använda",
    ),
    Fault(
        "Villkoret bort",
        "narvaro",
        with_condition("barn_pa_plats__narvara_delta_barn", None),
        says="saknar villkor",
    ),
    Fault(
        "Standardflödet bort",
        "hot-utfall",
        with_attribute("far_avslutas", "default", None),
        says="saknar villkor",
    ),
    # AND and XOR
    Fault(
        "AND blir XOR före utfallet",
        "hot-handlaggning",
        as_kind("bada_klara", "exclusiveGateway"),
        rule="utfall-bedoms-kapitel-6",
    ),
    Fault(
        "XOR blir AND där vägar möts",
        "orosanmalan",
        as_kind("anmalan_klar", "parallelGateway"),
        says="blir stående",
    ),
    Fault(
        "XOR blir AND i en runda",
        "radda-hyresratten",
        as_kind("inget_atagande", "parallelGateway"),
        says="blir stående",
    ),
    Fault(
        "AND blir XOR där vägar delas",
        "narvaro",
        as_kind("dela_narvaro", "exclusiveGateway"),
        says="saknar villkor",
    ),
    Fault(
        "AND som samlar blir XOR före en uppgift",
        "narvaro",
        led_to("akut_behov__akut_klart", "narvara_delta_barn"),
        says="två gånger samtidigt",
    ),
    # Borders and messages
    Fault(
        "Ändrat samtycke hörs inte vid informationen",
        "hyresvardsinformation",
        dropped("samtycken_andrade_information"),
        rule="andrat-samtycke-avbryter-information",
    ),
    Fault(
        "Ändrat samtycke hörs inte vid uppföljningen",
        "uppfoljning",
        dropped("samtycke_andrat_under_uppfoljning"),
        rule="andrat-samtycke-avbryter-uppfoljning",
    ),
    Fault(
        "Återkallelsen hörs inte",
        "avhysning-kronofogden",
        dropped("kfm_har_aterkallat"),
        rule="nytt-datum-hors-under-narvaron",
    ),
    Fault(
        "Nytt datum hörs inte under närvaron",
        "bevaka-avhysningsdag",
        dropped("nytt_datum_under_narvaro"),
        rule="nytt-datum-hors-under-narvaron",
    ),
    Fault(
        "Kronofogdens datum hörs inte under handläggningen",
        "hot-om-avhysning",
        dropped("datum_satt_under_handlaggning"),
        rule="datum-hors-under-handlaggning",
    ),
    Fault(
        "Kontorets stängning vaktas inte",
        "underrattelse-kronofogden",
        dropped("kontoret_stanger_snart"),
        rule="bekraftelsen-vaktas",
    ),
    Fault(
        "Kontorets stängning avbryter bekräftelsen",
        "underrattelse-kronofogden",
        with_attribute("kontoret_stanger_snart", "cancelActivity", "true"),
        rule="kronofogden-bekraftas",
    ),
    Fault(
        "Uppgift om åtgärd hörs inte",
        "hyresgastkontakt",
        dropped("uppgift_kan_leda_till_atgard"),
        rule="kontakt-hor-uppgift-om-atgard",
    ),
    Fault(
        "Fel meddelande avbryter förberedelserna",
        "avhysning-kronofogden",
        message_renamed("kfm.aterkallad", "nycklar.inlamnade"),
        rule="bara-kronofogden-staller-in",
    ),
    Fault(
        "Sen betalning rättar inte",
        "vaka-over-fristen",
        dropped("betald_i_tid_antecknad"),
        rule="sen-anteckning-rattar",
    ),
    Fault(
        "Uppföljning av barn har ingen sista dag",
        "folj-upp-barn",
        dropped("uppfoljningstiden_ar_slut"),
        rule="uppfoljning-av-barn-har-slut",
    ),
    Fault(
        "Obesvarat meddelande: betalning under fristen",
        "vaka-over-fristen",
        dropped("hyran_betald"),
        rule="frist-hor-betalning",
    ),
    Fault(
        "Obesvarat meddelande: fristens utgång",
        "hot-utfall",
        dropped("frist_avgjord"),
        rule="nyheter-hors-i-vantan-pa-utfall",
    ),
    Fault(
        "Meddelandet felstavat",
        "hyresvardsinformation",
        message_renamed("samtycke.andrat", "samtycke.andrad"),
        says="samtycke.andrad, som inte finns i händelsekatalogen",
    ),
    Fault(
        "En väntan på tid borta",
        "aktualiseringstid",
        dropped("dags_att_prova_skal"),
        rule="aktualisering-provas-med-tiden",
    ),
    # Lanes
    Fault(
        "Fel bana: chefens godkännande",
        "planera-narvaro",
        moved_to("godkann_avsta_narvaro", "Vuxenenheten"),
        rule="chefen-avgor",
    ),
    Fault(
        "Fel bana: avslut utan kontakt",
        "hot-utfall",
        moved_to("prova_avslut_utan_kontakt", "Vuxenenheten"),
        rule="chefen-avgor",
    ),
    Fault(
        "Fel bana: närvaro för barnen",
        "narvaro",
        moved_to("narvara_delta_barn", "Vuxenenheten"),
        rule="barnenheten-ansvarar",
    ),
    Fault(
        "Fel bana: besluta om åtagande",
        "radda-hyresratten",
        lane_renamed("Enheten för ekonomiskt bistånd", "Vuxenenheten"),
        rule="ekonomiskt-bistand-ansvarar",
    ),
    Fault(
        "Uppgiften i ingen bana",
        "hot-utfall",
        moved_to("bedom_utfall", None),
        says="ligger inte i någon bana",
    ),
    Fault(
        "Banan felstavad",
        "orosanmalan",
        lane_renamed("Enheten för barn och unga", "Enheten for barn"),
        says="Enheten for barn",
    ),
    # A step is passed by
    Fault(
        "Föräldrasamtalet borta",
        "foraldrasamtal",
        passed_by("samtala_med_foraldrar"),
        rule="foraldrasamtal-fore-slutet",
    ),
    Fault(
        "Barnets situation startas inte",
        "avhysning-kronofogden",
        passed_by("involvera_barnen_vid_avhysning"),
        rule="barn-vid-avhysning-fore-utfall",
    ),
    Fault(
        "Anropet av samtalet borta",
        "barnets-situation",
        dropped("tala_med_foraldrarna"),
        rule="foraldrasamtal-fore-slutet",
    ),
    Fault(
        "Ingen bekräftelse till Kronofogden",
        "underrattelse-kronofogden",
        passed_by("bekrafta_till_kronofogden"),
        rule="kronofogden-bekraftas",
    ),
    Fault(
        "Inga kopior till berörda",
        "underrattelse-kronofogden",
        passed_by("skriv_kopior"),
        rule="kopia-till-berorda",
    ),
    Fault(
        "Inget ställningstagande",
        "underrattelse",
        passed_by("ta_stallning"),
        rule="stallning-till-varje-underrattelse",
    ),
    Fault(
        "Chefen hoppas över vid avslut utan kontakt",
        "hot-utfall",
        passed_by("prova_avslut_utan_kontakt"),
        rule="inte-nadd-avgor-chefen",
    ),
    Fault(
        "Chefen hoppas över vid avstående",
        "planera-narvaro",
        led_to("familj_avstar__godkann_avsta_narvaro", "anteckna_godkant_avstaende"),
        rule="avsta-med-barn-provar-chefen",
    ),
    Fault(
        "Skyddet bedöms inte först", "orosanmalan", passed_by("skyddsbedomning"), rule="skydd-bedoms-forst"
    ),
    Fault(
        "Åtagandet skrivs utan beslut",
        "radda-hyresratten",
        led_to("foreslas_atagande__besluta_atagande", "skriv_atagande"),
        rule="atagande-skrivs-efter-beslut",
    ),
    Fault(
        "Barnet följs upp utan att någon informerats",
        "uppfoljning-barn",
        passed_by("informera_uppfoljning_barn"),
        rule="uppfoljning-av-barn-efter-besked",
    ),
    Fault(
        "Förlorad hyresrätt förhandlas inte",
        "bevaka-atervinningsfrist",
        passed_by("forhandla_efter_frist"),
        rule="forlorad-frist-forhandlas",
    ),
    # Ends
    Fault(
        "Avslutet avslutar inte grenarna bredvid",
        "avhysningen",
        not_terminating("avhysningen_slutford"),
        says="blir stående",
    ),
    Fault(
        "En gren avslutar allt",
        "underrattelse-kronofogden",
        terminating("datum_klart"),
        rule="kronofogden-bekraftas",
    ),
    Fault("Slutet borta", "orosanmalan", dropped("anmalan_fardig"), says="har inget slut"),
    Fault(
        "En cirkel där ingenting väntar",
        "foraldrasamtal",
        led_to("efter_samtalet__oro_for_barnet", "blev_samtalet_av"),
        says="cirkel",
    ),
    Fault(
        "Ett steg som ingen når",
        "erbjud-boende-stod",
        led_to("vill_boende_ha_stod__slussa_boende_vidare", "boende_fick_stod"),
        says="går inte att nå",
    ),
    # Names, files and tables
    Fault(
        "Formuläret saknas",
        "hyresvardsinformation/forms/informera_hyresvard.json",
        None,
        says="saknar formulär",
    ),
    Fault(
        "Brevet saknas",
        "anstand/letters/begaran-om-anstand.md",
        None,
        says="brevet begaran-om-anstand, som inte finns",
    ),
    Fault("Beslutstabellen saknas", "underrattelse/bradska.dmn", None, says="finns inte"),
    Fault(
        "En anropad process finns inte",
        "barnets-situation",
        with_attribute("tala_med_foraldrarna", "calledElement", "foraldrasamtalet"),
        says="finns inte",
    ),
    Fault(
        "Operationen finns inte",
        "narvaro",
        with_parameter("starta_akut_hjalp", "key", "'akut-hjalp'"),
        says="akut-hjalp, som inte finns",
    ),
    Fault(
        "Händelsen finns inte",
        "planera-narvaro",
        with_parameter("anteckna_avstaende", "name", "'narvaro.avstatt'"),
        says="narvaro.avstatt, som inte finns",
    ),
    Fault(
        "Förfalloregeln finns inte",
        "narvaro",
        with_property("narvara_vid_avhysning", "due", "eviction_days"),
        says="eviction_days, som inte finns",
    ),
    Fault(
        "Tid räknas i diagrammet",
        "hot-utfall",
        with_timer("dags_att_prova_igen", "timeDuration", "P30D"),
        says="räknar tid i diagrammet",
    ),
    Fault(
        "Datumet är inget faktum",
        "hot-utfall",
        with_timer("dags_att_prova_igen", "timeDate", "next_review"),
        says="inget faktum",
    ),
    Fault(
        "Två steg med samma id",
        "hot-utfall",
        with_attribute("soka_upp_igen", "id", "bedom_utfall"),
        says="samma id",
    ),
    Fault(
        "Lucka i beslutstabellen",
        "underrattelse/bradska.dmn",
        table_row_dropped("bradska_rad_7"),
        says="Ingen rad gäller",
    ),
    Fault(
        "Rader som gäller samtidigt",
        "underrattelse/bradska.dmn",
        table_attribute("hitPolicy", "UNIQUE"),
        says="gäller samtidigt",
    ),
    Fault(
        "Träffregel som inte stöds",
        "underrattelse/bradska.dmn",
        table_attribute("hitPolicy", "PRIORITY"),
        says="Träffregeln",
    ),
    Fault(
        "En cell som inte går att läsa",
        "underrattelse/bradska.dmn",
        cell("bradska_rad_1_fraga_2", "mindre än 3"),
        says="går inte att läsa",
    ),
    Fault(
        "En rad som aldrig avgör något",
        "underrattelse/bradska.dmn",
        cell("bradska_rad_1_fraga_2", "-"),
        says="avgör aldrig något",
    ),
]
