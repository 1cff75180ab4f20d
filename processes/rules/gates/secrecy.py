"""Gates about secrecy: whom we may ask, whom we may tell, and when another administration may be contacted.

Secrecy applies to a person's affairs unless it is clear that nobody is harmed (OSL 26:1). The first way through is the
person's own consent (OSL 10:1, 12:2), the second a legal ground that somebody has approved (handboken 5.4).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from processes.rules import consent
from processes.rules.consent import CONTENTS, PURPOSES, RECIPIENTS, Need, consent_for, words
from processes.rules.gates.gate import Gate, GateAnswer, GateQuestion, Level, closed, opened
from processes.rules.gates.protection import is_protected
from processes.rules.snapshot import CaseSnapshot, NoticeSeen

LANDLORD_SIDE = frozenset({"landlord", "disturbance_patrol"})
SAME_MUNICIPALITY = frozenset({"ffs", "avo", "etb", "other_board"})
OTHER_ADMINISTRATIONS = SAME_MUNICIPALITY | {"health_care"}
"""Whom an application may go to; health care is the region's, so the policy switch does not reach it."""
INDIVIDUAL = "individual"
"""The person whom the information is about: always free to get it (OSL 12:1)."""

STATUTORY: dict[tuple[str, str], tuple[frozenset[str], str]] = {
    ("kfm", "confirmation"): (frozenset(), "SoF 11 kap. 3 §"),
    ("landlord", "commitment"): (frozenset({"payment"}), "JB 12 kap. 44 § fjärde stycket"),
    ("chief_guardian", "report_need"): (frozenset(CONTENTS), "SoF 11 kap. 2 §"),
}
"""What the law itself has us tell, to whom and for what, with the contents that may pass and the source.

That a commitment to pay may be told to the landlord without consent is an INTERPRETATION: the law presumes the letter.
"""


def landlord_notices(snapshot: CaseSnapshot, now: datetime) -> list[NoticeSeen]:
    """The notices by which the landlord's side has itself informed us in this matter, received by `now`."""
    return [
        notice
        for notice in snapshot.notices
        if notice.informant in LANDLORD_SIDE
        and notice.received_at <= now
        and notice.stance not in {"forward", "not_for_us"}
    ]


def _tenants(snapshot: CaseSnapshot, now: datetime) -> frozenset[int]:
    """The living tenants; everyone living if no tenant is known."""
    alive = [p for p in snapshot.persons if not consent.is_dead(p, now)]
    tenants = {p.id for p in alive if p.roles & {"contract_holder", "co_tenant"}}
    return frozenset(tenants or {p.id for p in alive})


def landlord_question(question: GateQuestion) -> GateAnswer:
    """May we ask the landlord about the tenant? (handboken 5.4.1.1, 6.5; R-103, R-104)

    Yes if the landlord or the disturbance patrol informed us in this matter, or if a tenant consents. A notice from
    Kronofogden alone does not open it: the matter then came to us in another way (INTERPRETATION of 7.6 with 6.5).
    """
    snapshot, now = question.snapshot, question.now
    informed = landlord_notices(snapshot, now)
    if informed:
        return opened(
            "Hyresvärden eller störningsjouren har själv informerat i ärendet. Fråga, men berätta inget utan samtycke.",
            *(f"underrättelse {notice.id}" for notice in informed),
        )
    tenants = _tenants(snapshot, now)
    answers = [consent_for(snapshot, Need(side, "obtain"), now) for side in sorted(_asked_side(question))]
    givers = {row.id: row.giver for row in snapshot.consents}
    rows = tuple(row for answer in answers for row in answer.consents if givers[row] in tenants)
    if rows:
        return opened(
            "Hyresgästen har samtyckt till att uppgifter hämtas in.", *(f"samtycke {row}" for row in rows)
        )
    grounds = tuple(evidence for answer in answers if answer.ground for evidence in answer.evidence)
    if grounds:
        return opened("En rättslig grund är beslutad.", *grounds)
    missing = tuple(dict.fromkeys(reason for answer in answers for reason in answer.missing))
    return closed(
        _sentence(
            "Varken hyresvärden eller störningsjouren har själv informerat i ärendet, och samtycke saknas",
            missing,
        ),
        "Be hyresgästen om samtycke att hämta in uppgifter från hyresvärden. Kronofogdens underrättelse räcker inte.",
    )


def _asked_side(question: GateQuestion) -> frozenset[str]:
    """Whom the step asks: as the diagram says, otherwise the landlord or the disturbance patrol."""
    named = frozenset(question.properties.get("mottagare", "").split()) & LANDLORD_SIDE
    return named or LANDLORD_SIDE


def may_disclose(
    snapshot: CaseSnapshot,
    recipient: str,
    purpose: str,
    contents: Collection[str],
    now: datetime,
    *,
    about: Collection[int] | None = None,
    recipient_person: int | None = None,
) -> GateAnswer:
    """May information of these kinds go to the recipient for the purpose? (R-095, R-098, R-105, R-106, R-133)

    `contents` = codes of CONTENTS; none of them still tells that the person is known to us. `about` = ids of the
    persons it concerns; None = those who have consented, and nobody else. `recipient_person` names the person when the
    recipient is `individual`. Unknown recipients and contents are refused.
    """
    told = frozenset(contents)
    if recipient == INDIVIDUAL:
        return _to_the_individual(snapshot, recipient_person, about)
    statutory = STATUTORY.get((recipient, purpose))
    if statutory is not None and told <= statutory[0]:
        return opened(f"Lagen kräver att uppgiften lämnas ({statutory[1]}).", statutory[1])
    if recipient not in RECIPIENTS or not told <= set(CONTENTS):
        return closed(
            "Det framgår inte vem som ska få vilka uppgifter.",
            "Ange mottagare och vilka uppgifter som ska lämnas.",
        )
    hidden = _protected_contacts(snapshot, told, about, now)
    if hidden is not None:
        return hidden
    if not told and recipient in LANDLORD_SIDE and landlord_notices(snapshot, now):
        return opened("Inget om den enskilde berättas, och hyresvärden har själv informerat i ärendet.")
    return _with_consent(snapshot, Need(recipient, "give", purpose, told), now, about)


def _with_consent(
    snapshot: CaseSnapshot, need: Need, now: datetime, about: Collection[int] | None
) -> GateAnswer:
    """Open if consents or a legal ground cover the need."""
    recipient = RECIPIENTS.get(need.recipient, need.recipient)
    answer = consent_for(snapshot, need, now, about)
    if answer.covered:
        return opened(_why_open(answer, about), *answer.evidence)
    return closed(
        _sentence(
            f"Inget samtycke täcker att {_what(need.contents)} lämnas till {recipient}", answer.missing
        ),
        f"Be om samtycke att lämna uppgifterna till {recipient} för syftet "
        f"{PURPOSES.get(str(need.purpose), need.purpose)}, eller låt Enhetschef pröva en annan rättslig grund.",
    )


def _to_the_individual(
    snapshot: CaseSnapshot, recipient_person: int | None, about: Collection[int] | None
) -> GateAnswer:
    """Own information goes to the person; nobody else's does, not even a spouse's (OSL 12:1; E-08, E-31)."""
    if recipient_person is None or consent.person_in(snapshot, recipient_person) is None:
        return closed(
            "Det framgår inte vilken person som är mottagare.", "Välj mottagare bland ärendets personer."
        )
    others = [person for person in about or () if person != recipient_person]
    if others:
        return closed(
            "Uppgifterna rör också " + words(consent.name_of(snapshot, person) for person in others) + ".",
            "Skriv ett eget brev till var och en, med bara den personens uppgifter.",
        )
    return opened("Var och en får del av sina egna uppgifter.", f"person {recipient_person}")


def _protected_contacts(
    snapshot: CaseSnapshot, told: frozenset[str], about: Collection[int] | None, now: datetime
) -> GateAnswer | None:
    """Contact details of a protected person never go out, whoever consents (E-30); None if that is not at stake."""
    if "contact_data" not in told:
        return None
    concerned = [
        p for p in snapshot.persons if (about is None or p.id in about) and not consent.is_dead(p, now)
    ]
    if not any(is_protected(person) for person in concerned):
        return None
    return closed(
        "Kontaktuppgifter till en person med skyddade eller okontrollerade personuppgifter lämnas inte ut.",
        "Kontrollera personens skyddsstatus, eller lämna inga kontaktuppgifter.",
    )


def _why_open(answer: consent.ConsentAnswer, about: Collection[int] | None) -> str:
    if answer.ground is not None:
        return f"Rättslig grund: {consent.LEGAL_GROUNDS[answer.ground]}."
    return (
        "Samtycke finns."
        if about is not None
        else "Samtycke finns. Lämna bara uppgifter om den som har samtyckt."
    )


def _what(told: frozenset[str]) -> str:
    return "uppgifter om " + words(CONTENTS[content] for content in sorted(told)) if told else "uppgifter"


def _sentence(start: str, reasons: Collection[str]) -> str:
    return f"{start}: {'; '.join(reasons)}." if reasons else f"{start}."


def disclosure(question: GateQuestion) -> GateAnswer:
    """May the step tell what it is about to tell? The step's properties say to whom, why and what.

    `mottagare`, `syfte` and `innehall` (codes, separated by blanks); an answer `recipient` or the recipient of the
    step's own application comes next; otherwise it is the landlord who is told of planned measures (R-133). What is
    told stands in the answer `what` or `told_them`, else in `innehall`; to begin, some consent for the recipient and
    purpose is enough.
    """
    origin = question.origin()
    applied_to = "" if origin is None else str(origin.payload.get("recipient") or "")
    recipient = question.properties.get("mottagare") or question.text("recipient") or applied_to or "landlord"
    default_purpose = "apply_for_measure" if recipient in OTHER_ADMINISTRATIONS else "inform_of_measures"
    purpose = question.properties.get("syfte") or question.text("purpose") or default_purpose
    about = question.answer("about")
    persons = [int(person) for person in about] if isinstance(about, list) and about else None
    contents = _told(question) or tuple(question.properties.get("innehall", "").split())
    if contents and (question.is_completing or (recipient, purpose) in STATUTORY):
        return may_disclose(question.snapshot, recipient, purpose, contents, question.now, about=persons)
    return _with_consent(question.snapshot, Need(recipient, "give", purpose), question.now, persons)


def _told(question: GateQuestion) -> tuple[str, ...]:
    """What the form says is told: the field `what` or `told_them`."""
    for field in ("what", "told_them"):
        listed = question.answer(field)
        if isinstance(listed, list):
            return tuple(str(content) for content in listed)
    return ()


def other_administration(question: GateQuestion) -> GateAnswer:
    """May another administration be contacted? Only when the person, once reached, consents to apply (R-107, R-122).

    A consent is given by somebody who has been reached, so it shows the contact too. The policy may open for contact
    on request (SoL 15:8); the establishment unit belongs to the same board as Centrum (I-12). Whoever was told, as the
    answer `told_recipient` says, must be covered too, should that be another than the one that is applied to.
    """
    origin = question.origin()
    payload = {} if origin is None else origin.payload
    recipient = str(
        question.properties.get("mottagare") or question.text("recipient") or payload.get("recipient") or ""
    )
    person = payload.get("person")
    about = None if person is None else [int(person)]
    asked = _may_apply(question, recipient, about)
    told = question.text("told_recipient")
    return _may_apply(question, told, about) if asked.allowed and told not in ("", recipient) else asked


def _may_apply(question: GateQuestion, recipient: str, about: Collection[int] | None) -> GateAnswer:
    """The answer for one administration: the one that is applied to, or the one that was told if that is another."""
    snapshot, now = question.snapshot, question.now
    if recipient == "etb" and "centrum" in snapshot.administration.casefold():
        return opened("Etableringsenheten hör till samma nämnd.")
    if recipient not in OTHER_ADMINISTRATIONS:
        return closed(
            "Det framgår inte vilken förvaltning det gäller.", "Ange förvaltning när ansökan registreras."
        )
    if not snapshot.policy.other_administration_needs_consent and recipient in SAME_MUNICIPALITY:
        return opened("Kommunen tillåter kontakt mellan nämnderna (SoL 15 kap. 8 §).")
    if question.answer("application_made") == "no":
        return opened("Ingen ansökan görs, och inget berättas.")
    need = Need(recipient, "give", "apply_for_measure", frozenset(_told(question)))
    answer = consent_for(snapshot, need, now, about)
    if answer.covered:
        return opened("Den enskilde är nådd och har samtyckt till att ansöka där.", *answer.evidence)
    return closed(
        _sentence(f"Samtycke att ansöka om insats hos {RECIPIENTS[recipient]} saknas", answer.missing),
        "Nå den enskilde först och be om samtycke till just den ansökan. Fråga inte om personen är känd där.",
    )


SECRECY_GATES = (
    Gate(
        "landlord-question", Level.HARD, "Fråga till hyresvärden",
        ("R-083", "R-096", "R-103", "R-104", "R-105"), "handboken 5.4.1.1, 6.5; OSL 26:1", landlord_question,
    ),
    Gate(
        "disclosure", Level.HARD, "Lämna ut uppgifter",
        ("R-033", "R-095", "R-096", "R-098", "R-105", "R-106", "R-133"),
        "handboken 5.4, 6.7, 6.8; OSL 10:1, 12:2, 26:1", disclosure,
    ),
    Gate(
        "other-administration", Level.HARD, "Kontakt med annan förvaltning",
        ("R-018", "R-062", "R-107", "R-122", "R-131"), "handboken 5.4, 6.3, 6.7; OSL 26:1, SoL 15:8",
        other_administration,
    ),
)  # fmt: skip
