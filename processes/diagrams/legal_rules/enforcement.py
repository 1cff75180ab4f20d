"""Legal rules: what Kronofogden's notice sets going, and that we are there on the day."""

from __future__ import annotations

from typing import Final

from processes.diagrams.legal_rules.happenings import records, starts, step, writes
from processes.diagrams.legal_rules.patterns import (
    After,
    Before,
    EndedOnlyBy,
    Gate,
    Listens,
    Never,
    OnEveryWay,
)
from processes.diagrams.legal_rules.rule import EVERYWHERE, LegalRule

NOTICES: Final = (
    LegalRule(
        key="kronofogden-bekraftas",
        sentence="Varje underrättelse från Kronofogden om avhysning eller avlägsnande bekräftas, på varje väg.",
        source="R-056; handboken 7.5; SoF 11:3",
        process="underrattelse",
        pattern=OnEveryWay((step("bekrafta_till_kronofogden"),)),
        given={"notice_is_from_enforcement": True, "notice_kind": ("F", "G", "I")},
    ),
    LegalRule(
        key="bekraftelsen-ar-skriven",
        sentence="Kronofogden bekräftas aldrig utan att bekräftelsen är skriven.",
        source="R-056; handboken 7.5; SoF 11:3",
        process="underrattelse",
        pattern=Before(then=(step("bekrafta_till_kronofogden"),), first=(writes("bekraftelse"),)),
        given={"notice_is_from_enforcement": True, "notice_kind": ("F", "G", "I")},
    ),
    LegalRule(
        key="kopia-till-berorda",
        sentence="Vid avhysning skrivs en kopia till var och en som den gäller, innan bekräftelsen går i väg.",
        source="R-057; handboken 7.5; SoF 11:3",
        process="underrattelse",
        pattern=Before(then=(step("bekrafta_till_kronofogden"),), first=(writes("kopia-av-bekraftelse"),)),
        given={"notice_is_from_enforcement": True, "notice_kind": ("F", "G")},
    ),
    LegalRule(
        key="bekraftelsen-vaktas",
        sentence="Så länge bekräftelsen inte är gjord vaktas kontorets stängning.",
        source="R-056; handboken 7.5; SoF 11:3",
        process="underrattelse-kronofogden",
        pattern=Listens("bekrafta_till_kronofogden", date=True),
    ),
    LegalRule(
        key="passerat-datum-kontrolleras",
        sentence="Är avhysningen i dag eller har datumet passerat, kontaktas Kronofogden om datumet på varje väg.",
        source="R-055, R-151; handboken 7.1",
        process="underrattelse",
        pattern=OnEveryWay((step("kontakta_kronofogden_om_datum"),)),
        given={
            "notice_is_from_enforcement": True,
            "notice_kind": ("F", "G", "I"),
            "eviction_is_today_or_past": True,
        },
    ),
    LegalRule(
        key="stallning-till-varje-underrattelse",
        sentence="Varje underrättelse som inte kommer från Kronofogden får ett eget ställningstagande, på varje väg.",
        source="R-049, R-117; handboken 6.1",
        process="underrattelse",
        pattern=OnEveryWay((step("ta_stallning"),)),
        given={"notice_is_from_enforcement": False},
    ),
    LegalRule(
        key="bara-det-vi-handlagger-kopplas",
        sentence="En underrättelse kopplas till ett ärende bara om ställningstagandet är att handlägga den.",
        source="R-049, R-078; handboken 6.1",
        process="underrattelse",
        pattern=Before(
            then=(step("koppla_till_arende"),),
            first=(step("ta_stallning", stance=("handle", "add_to_case")),),
        ),
        given={"notice_is_from_enforcement": False},
    ),
)

PRESENCE: Final = (
    LegalRule(
        key="avsta-med-barn-provar-chefen",
        sentence="Med barn avstår nämnden aldrig från närvaro utan att Enhetschef har godkänt det.",
        source="R-074, R-158; handboken 7 faktaruta 3",
        process="planera-narvaro",
        pattern=Before(
            then=(records("narvaro.avstadd"),),
            first=(step("godkann_avsta_narvaro", exception_decision="approve"),),
            since=(step("avsta_narvaro"), step("godkann_avsta_narvaro")),
        ),
        given={"case_has_child": True},
    ),
    LegalRule(
        key="avsta-efter-provning",
        sentence="Nämnden avstår aldrig från närvaro utan att skälen är prövade i uppgiften att avstå.",
        source="R-070; handboken 4.3 och 7 faktaruta 3",
        process="planera-narvaro",
        pattern=Before(
            then=(records("narvaro.avstadd"),),
            first=(step("avsta_narvaro", cannot_be_done=False),),
            since=(step("planera_narvaro"), step("avsta_narvaro")),
        ),
    ),
    LegalRule(
        key="avsta-genom-sparr",
        sentence="Att avstå från närvaro prövas bara genom spärren för undantag, efter samråd med Kronofogden.",
        source="R-070, R-158; handboken 7 faktaruta 3",
        process=EVERYWHERE,
        pattern=Gate("presence-exception", ("avsta_narvaro", "godkann_avsta_narvaro")),
    ),
    LegalRule(
        key="narvaro-pa-dagen",
        sentence="Har nämnden inte avstått är Vuxenenheten närvarande vid avhysningen, på varje väg.",
        source="R-070, R-108; handboken 5.5 och 7 faktaruta 3",
        process="narvaro",
        pattern=OnEveryWay((step("narvara_vid_avhysning"),)),
        given={"presence_is_waived": False},
    ),
    LegalRule(
        key="narvaro-for-barnen",
        sentence="Med barn är Enheten för barn och unga också närvarande, om nämnden inte har avstått.",
        source="R-074, R-108; handboken 7 faktaruta 3",
        process="narvaro",
        pattern=OnEveryWay((step("narvara_delta_barn"),)),
        given={"presence_is_waived": False, "case_has_child": True},
    ),
    LegalRule(
        key="utfall-antecknas-utan-narvaro",
        sentence="Har nämnden avstått antecknas ändå hur avhysningen gick.",
        source="R-162; handboken 7 faktaruta 3",
        process="narvaro",
        pattern=OnEveryWay((step("registrera_utfall"),)),
        given={"presence_is_waived": True},
    ),
    LegalRule(
        key="akut-behov-far-hjalp",
        sentence="Ett akut behov vid avhysningen leder till akut hjälp.",
        source="R-157; handboken 7 faktaruta 3",
        process="narvaro",
        pattern=After(
            cause=(step("narvara_vid_avhysning", acute_need=True),), effect=(starts("akut-behov"),)
        ),
    ),
    LegalRule(
        key="nytt-datum-hors-under-narvaron",
        sentence="Under närvaron hör processen både ett nytt datum och en återkallelse från Kronofogden.",
        source="R-055, R-151; handboken 7.1",
        process="avhysning-kronofogden",
        pattern=Listens("narvara_vid_avhysning", ("kfm.nyTid", "kfm.aterkallad")),
    ),
    LegalRule(
        key="bara-kronofogden-staller-in",
        sentence="Inlämnade nycklar, hyresvärdens löfte eller ett dödsfall ställer aldrig in närvaron; "
        "bara Kronofogdens återkallelse gör det.",
        source="R-070, R-154; handboken 7 faktaruta 1",
        process="avhysning-kronofogden",
        pattern=EndedOnlyBy("bevaka_avhysningsdagen", ("kfm.aterkallad",)),
    ),
    LegalRule(
        key="nycklar-ar-ingen-aterkallelse",
        sentence="Inlämnade nycklar blir en återkallelse bara när Kronofogden har svarat att avhysningen återkallas.",
        source="R-070, R-154; handboken 7 faktaruta 1",
        process="nycklar",
        pattern=Before(
            then=(records("kfm.aterkallad"),),
            first=(step("bekrafta_med_kronofogden", kfm_answer="withdrawn"),),
            since=(step("bekrafta_med_kronofogden"),),
        ),
    ),
    LegalRule(
        key="dagen-bevakas-tills-avgjord",
        sentence="Avhysningsdagen bevakas tills avhysningen är avgjord.",
        source="R-070, R-151; handboken 7",
        process="bevaka-avhysningsdag",
        pattern=Never((step("dagen_avgjord"),)),
        given={"eviction_is_settled": False},
    ),
    LegalRule(
        key="nytt-datum-hors-under-vantan",
        sentence="Medan avhysningsdagen väntas in hör processen ett nytt datum, och dagen själv kommer.",
        source="R-055, R-151; handboken 7.1",
        process="bevaka-avhysningsdag",
        pattern=Listens("vanta_pa_dagen", ("kfm.nyTid",), date=True),
    ),
)
