"""Legal rules: the recovery period, how a threat of eviction ends, and that nobody is let go in silence."""

from __future__ import annotations

from typing import Final

from processes.diagrams.legal_rules.happenings import (
    carries_out,
    message,
    records,
    starts,
    step,
    writes,
)
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

RECOVERY: Final = (
    LegalRule(
        key="frist-avgors-inte-i-tysthet",
        sentence="En frist som löper eller har gått ut blir aldrig avgjord utan att en handläggare bedömt läget.",
        source="R-138, R-146; handboken 6.8; JB 12:44",
        process="vaka-over-fristen",
        pattern=Never((step("fristen_avgjord"),)),
        given={"recovery_state": ("open", "passed")},
    ),
    LegalRule(
        key="frist-hor-betalning",
        sentence="Medan fristen löper hörs betalning, postat åtagande och ändrat underlag, och nästa dag vaktas.",
        source="R-138, R-142; handboken 6.8; JB 12:44",
        process="vaka-over-fristen",
        pattern=Listens("vanta_pa_frist", ("underlag.andrat", "hyra.betald", "atagande.postat"), date=True),
    ),
    LegalRule(
        key="sen-anteckning-rattar",
        sentence="En betalning eller postning i tid som antecknas sent rättar bedömningen av en frist som gått ut.",
        source="R-138; handboken 6.8; JB 12:44",
        process="vaka-over-fristen",
        pattern=Listens("frist_utgangen", ("underlag.andrat", "hyra.betald", "atagande.postat")),
    ),
    LegalRule(
        key="fristens-utgang-meddelas",
        sentence="Hur fristen gick meddelas ärendet på varje väg.",
        source="R-138; handboken 6.8",
        process="bevaka-atervinningsfrist",
        pattern=OnEveryWay((records("frist.avgjord"),)),
    ),
    LegalRule(
        key="forlorad-frist-forhandlas",
        sentence="Är hyresrätten förlorad, eller tvistig, startas en förhandling om kvarboende.",
        source="R-144, R-146; handboken 6.8",
        process="bevaka-atervinningsfrist",
        pattern=OnEveryWay((starts("forhandla-kvarboende"),)),
        given={"recovery_state": ("lost", "disputed")},
    ),
    LegalRule(
        key="atagande-genom-sparr",
        sentence="Ett åtagande om betalningsansvar beslutas och postas bara genom spärren för åtaganden.",
        source="R-139; handboken 6.8; JB 12:44 och 12:63",
        process=EVERYWHERE,
        pattern=Gate("commitment", ("besluta_atagande", "posta_atagande")),
    ),
    LegalRule(
        key="atagande-skrivs-efter-beslut",
        sentence="Åtagandebrevet skrivs aldrig utan ett beslut om åtagande.",
        source="R-139; handboken 6.8; JB 12:44",
        process="radda-hyresratten",
        pattern=Before(
            then=(writes("atagande"),),
            first=(step("besluta_atagande", commitment_decision="commitment", cannot_be_done=False),),
            since=(step("besluta_atagande"),),
        ),
    ),
    LegalRule(
        key="beslutat-atagande-postas",
        sentence="Ett beslutat åtagande skrivs och postas.",
        source="R-139; handboken 6.8; JB 12:63",
        process="radda-hyresratten",
        pattern=After(
            cause=(step("besluta_atagande", commitment_decision="commitment", cannot_be_done=False),),
            effect=(step("posta_atagande"),),
            before=(step("besluta_atagande"),),
        ),
    ),
    LegalRule(
        key="beviljat-bistand-betalas",
        sentence="Beviljat bistånd till skulden betalas ut.",
        source="R-138, R-140; handboken 6.8",
        process="ekonomiskt-bistand",
        pattern=After(
            cause=(
                step(
                    "prova_ekonomiskt_bistand",
                    assistance_decision=("granted", "partly", "granted_reclaim"),
                    cannot_be_done=False,
                ),
            ),
            effect=(step("betala_ut_bistand"),),
        ),
    ),
)

OUTCOMES: Final = (
    LegalRule(
        key="avslut-genom-sparr",
        sentence="Ett ärende avslutas bara genom spärren för avslut: varje underrättelse har en ställning, och "
        "med barn är samtalet med föräldrarna hållet.",
        source="R-030, R-049, R-148; handboken 3 och 6.9",
        process=EVERYWHERE,
        pattern=Gate("closing", ("bedom_utfall", "bedom_utfall_avhysning", "prova_avslut_utan_kontakt")),
    ),
    LegalRule(
        key="utfall-bedoms-kapitel-6",
        sentence="Ett hot om avhysning får aldrig ett utfall utan att någon har bedömt det genom spärren för avslut.",
        source="R-148; handboken 6.9; JO 1683-2017",
        process="hot-om-avhysning",
        pattern=Before(
            then=(carries_out("set_outcome"),),
            first=(
                step("bedom_utfall", cannot_be_done=False),
                step("prova_avslut_utan_kontakt", cannot_be_done=False),
            ),
            since=(step("bedom_utfall"),),
        ),
    ),
    LegalRule(
        key="utfall-bedoms-kapitel-7",
        sentence="En avhysning får aldrig ett utfall utan att det är bedömt genom spärren eller av Enhetschef.",
        source="R-148, R-162; handboken 7",
        process="avhysning-kronofogden",
        pattern=Before(
            then=(carries_out("set_outcome"),),
            first=(
                step("bedom_utfall_avhysning", cannot_be_done=False),
                step("prova_avslut_avhysning", closing_decision="close"),
            ),
            since=(step("bedom_utfall_avhysning"),),
        ),
    ),
    LegalRule(
        key="inte-nadd-avgor-chefen",
        sentence="Att avsluta för att hyresgästen inte har nåtts avgörs alltid av Enhetschef.",
        source="R-009, R-081, R-148; handboken 6.9; JO 1683-2017",
        process="hot-utfall",
        pattern=After(
            cause=(step("bedom_utfall", outcome="not_reached_proposed", cannot_be_done=False),),
            effect=(step("prova_avslut_utan_kontakt"),),
            before=(step("bedom_utfall"),),
        ),
    ),
    LegalRule(
        key="nyheter-hors-i-vantan-pa-utfall",
        sentence="Medan ett hot om avhysning väntar på utfall hörs det som händer vid sidan av, och tiden vaktas.",
        source="R-148; handboken 6.9; JO 1683-2017",
        process="hot-utfall",
        pattern=Listens(
            "vanta_pa_nyhet", ("kontaktOchStod.klar", "frist.avgjord", "forhandling.klar"), date=True
        ),
    ),
    LegalRule(
        key="chefens-nej-betyder-sok-igen",
        sentence="Vill Enhetschef inte avsluta utan kontakt börjar vi söka upp hyresgästen igen.",
        source="R-081; handboken 6.6; JO 1683-2017",
        process="hot-utfall",
        pattern=After(
            cause=(step("prova_avslut_utan_kontakt", outcome="continue_outreach", cannot_be_done=False),),
            effect=(starts("kontakt-och-stod"),),
            before=(step("bedom_utfall"),),
        ),
    ),
    LegalRule(
        key="kronofogden-tar-over",
        sentence="Handläggningen av ett hot avbryts bara av att Kronofogden har satt ett datum.",
        source="R-054, R-148; handboken 7",
        process="hot-om-avhysning",
        pattern=EndedOnlyBy("handlagg_hot", ("kfm.underrattelse",)),
    ),
    LegalRule(
        key="datum-hors-under-handlaggning",
        sentence="Under hela handläggningen hör processen att Kronofogden har satt ett datum.",
        source="R-054, R-151; handboken 7.1",
        process="hot-om-avhysning",
        pattern=Listens("bedom_utfall", ("kfm.underrattelse",)),
    ),
    LegalRule(
        key="datum-hors-under-uppfoljning",
        sentence="Också under uppföljningen hör processen att Kronofogden har satt ett datum.",
        source="R-054, R-151; handboken 7.1",
        process="hot-om-avhysning",
        pattern=Listens("folj_upp", ("kfm.underrattelse",)),
    ),
    LegalRule(
        key="uppfoljning-nar-den-behovs",
        sentence="Är uppföljning bedömd som nödvändig erbjuds den innan ärendet avslutas.",
        source="R-148, R-149; handboken 6.9",
        process="hot-om-avhysning",
        pattern=After(
            cause=(step("bedom_utfall", follow_up_needed=True, cannot_be_done=False),),
            effect=(
                step("erbjud_uppfoljning"),
                step("bedom_utfall", follow_up_needed=(False, None)),
                message("kfm.underrattelse"),
            ),
        ),
        follow=("outcome",),
    ),
    LegalRule(
        key="uppfoljning-efter-avhysning",
        sentence="Är uppföljning bedömd som nödvändig efter en avhysning erbjuds den innan ärendet avslutas.",
        source="R-149, R-163; handboken 7",
        process="avslut-avhysning",
        pattern=After(
            cause=(step("bedom_utfall_avhysning", follow_up_needed=True, cannot_be_done=False),),
            effect=(
                step("erbjud_uppfoljning"),
                step("bedom_utfall_avhysning", follow_up_needed=(False, None)),
            ),
        ),
    ),
)
