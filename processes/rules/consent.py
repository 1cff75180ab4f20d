"""Consent to break secrecy: what a person has agreed that we may tell or ask, to whom, why, and for how long.

Secrecy protects every person's own affairs (OSL 26:1); only that person can waive it, wholly or in part, and take the
waiver back (OSL 10:1, 12:2, handboken 5.4). A consent is therefore one row per giver and recipient, and it is read at
the moment of asking, never copied. Where the law itself lets information pass, a recorded legal ground stands instead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from processes.clock import swedish_day
from processes.rules.snapshot import CaseSnapshot, ConsentSeen, EventSeen, PersonSeen

RECIPIENTS: dict[str, str] = {
    "landlord": "hyresvärden",
    "disturbance_patrol": "störningsjouren",
    "ffs": "förvaltningen för funktionsstöd",
    "avo": "äldre samt vård- och omsorgsförvaltningen",
    "etb": "etableringsenheten",
    "other_board": "en annan socialförvaltning",
    "budget_adviser": "budget- och skuldrådgivningen",
    "kfm": "Kronofogden",
    "health_care": "hälso- och sjukvården",
    "employer": "arbetsgivaren",
    "relative": "en anhörig",
    "tenants_association": "hyresgästföreningen",
    "own_unit": "vår egen enhet",
}
"""Who a consent can be about, with the words for it inside a Swedish sentence."""

PURPOSES: dict[str, str] = {
    "negotiate_stay": "förhandla om kvarboende",
    "inform_of_measures": "berätta om planerade insatser",
    "apply_for_measure": "ansöka om insats",
    "coordinate": "samordna stödet",
    "follow_up": "följa upp",
    "other": "annat",
}

CONTENTS: dict[str, str] = {
    "payment": "skuld och betalning",
    "measures": "insatser",
    "health": "hälsa",
    "household": "hushållet",
    "contact_data": "kontaktuppgifter",
}

LEGAL_GROUNDS: dict[str, str] = {
    "osl_26_9c": "OSL 26 kap. 9 c § (insats till äldre eller person med funktionsnedsättning)",
    "harm_test": "menprövning (OSL 26 kap. 1 §)",
    "sol_15_8": "SoL 15 kap. 8 § (fråga från annan nämnd i kommunen)",
    "duty_to_report": "lagstadgad anmälnings- eller uppgiftsskyldighet",
    "other": "annan sekretessbrytande bestämmelse",
}
"""What may stand instead of a consent (handboken 5.4, OSL 10:28)."""

LEGAL_GROUND_EVENT = "sekretessgrund.beslutad"
"""The event that records a legal ground: recipient, purposes, scopes, ground, motive, approved_by, valid_until."""

GROUNDS_WITHOUT_APPROVER = frozenset({"duty_to_report"})
OWN_SAY_AGE = 15
"""From this age a child's own consent is asked for besides the guardians' (OSL 12:3; INTERPRETATION)."""
GUARDIAN_ROLES = frozenset({"contract_holder", "co_tenant", "partner", "guardian_elsewhere"})
"""Adults who may be a child's guardians; who has custody is not in the file, so all of them are asked."""


@dataclass(frozen=True, slots=True)
class Need:
    """What we want to do: give to or obtain from a recipient, for a purpose, certain contents."""

    recipient: str
    direction: str
    """give or obtain."""
    purpose: str | None = None
    """One of PURPOSES; None when any purpose will do."""
    contents: frozenset[str] = frozenset()
    """Every one of these kinds of information must be covered."""


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """Whether a need is covered, by which consents or legal ground, and what is missing (Swedish)."""

    covered: bool
    consents: tuple[int, ...] = ()
    ground: str | None = None
    """Code of LEGAL_GROUNDS when a legal ground covers instead of a consent."""
    ground_event: int | None = None
    missing: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[str, ...]:
        rows = tuple(f"samtycke {row}" for row in self.consents)
        return rows if self.ground_event is None else (*rows, f"händelse {self.ground_event}")


def why_not_valid(consent: ConsentSeen, snapshot: CaseSnapshot, now: datetime) -> str | None:
    """Why the consent does not count at all at `now`, in Swedish; None when it counts.

    It must be informed and voluntary (handboken 5.4), given by a living person, inside this case (an earlier case's
    consents are not used again), not withdrawn and not past its last day.
    """
    giver = person_in(snapshot, consent.giver)
    if giver is None:
        return "den som gav samtycket finns inte i ärendet"
    if not (consent.informed_voluntary and consent.informed_how_to_revoke):
        return "personen har inte fått veta att samtycket är frivilligt och hur det återkallas"
    if snapshot.is_closed or swedish_day(consent.given_at) < swedish_day(snapshot.opened_at):
        return "samtycket gavs i ett tidigare ärende"
    if consent.given_at > now:
        return "samtycket gäller inte än"
    if consent.withdrawn_at is not None and consent.withdrawn_at <= now:
        return f"samtycket återkallades {swedish_day(consent.withdrawn_at).isoformat()}"
    if consent.valid_until is not None and consent.valid_until < swedish_day(now):
        return f"samtycket gällde till och med {consent.valid_until.isoformat()}"
    if is_dead(giver, now):
        return "den som gav samtycket är avliden"
    return None


def why_not_covering(consent: ConsentSeen, need: Need) -> str | None:
    """Why a valid consent does not cover the need, in Swedish; None when it does."""
    if consent.recipient != need.recipient:
        return f"samtycket gäller {RECIPIENTS.get(consent.recipient, consent.recipient)}"
    if consent.direction not in {need.direction, "both"}:
        return (
            "samtycket gäller bara att "
            + ("lämna" if consent.direction == "give" else "hämta in")
            + " uppgifter"
        )
    if need.purpose is not None and need.purpose not in consent.purposes:
        return f"samtycket gäller inte syftet {PURPOSES.get(need.purpose, need.purpose)}"
    lacking = need.contents - consent.scopes
    if lacking:
        return "samtycket omfattar inte " + words(
            CONTENTS.get(content, content) for content in sorted(lacking)
        )
    return None


def covers(consent: ConsentSeen, need: Need, snapshot: CaseSnapshot, now: datetime) -> bool:
    """The consent counts at `now` and covers the whole need."""
    return why_not_valid(consent, snapshot, now) is None and why_not_covering(consent, need) is None


def consent_for(
    snapshot: CaseSnapshot, need: Need, now: datetime, about: Collection[int] | None = None
) -> ConsentAnswer:
    """Whether the need is covered for everyone whom the information is about.

    `about` = ids of the persons; each adult covers only the own information, a child needs every guardian and, from
    15 years, its own consent. None = whoever has consented, and then only that person's information may pass.
    A legal ground that covers the need stands instead of consents.
    """
    ground = legal_ground_for(snapshot, need, now)
    if ground is not None:
        return ConsentAnswer(True, ground=str(ground.payload["ground"]), ground_event=ground.id)
    rows = [consent for consent in snapshot.consents if covers(consent, need, snapshot, now)]
    if about is None:
        givers = [row for row in rows if not is_child_giver(snapshot, row.giver)]
        return ConsentAnswer(
            bool(givers), tuple(r.id for r in givers), missing=() if givers else _why(snapshot, need, now)
        )
    wanted = {giver for person in about for giver in givers_for(snapshot, person, now)}
    found = {row.giver for row in rows}
    if not about or wanted - found:
        lacking = tuple(
            f"samtycke saknas från {name_of(snapshot, giver)}" for giver in sorted(wanted - found)
        )
        return ConsentAnswer(False, missing=(*lacking, *_why(snapshot, need, now)))
    return ConsentAnswer(True, tuple(row.id for row in rows if row.giver in wanted))


def givers_for(snapshot: CaseSnapshot, person_id: int, now: datetime) -> frozenset[int]:
    """Who must consent to information about the person: an adult for the own, for a child the guardians.

    From 15 years the child too. A child without guardians in the case can be spoken for by nobody here, so the
    answer is then the child itself at any age: nobody else's consent opens it.
    """
    person = person_in(snapshot, person_id)
    if person is None or not is_minor(person, now):
        return frozenset({person_id})
    guardians = {
        p.id for p in snapshot.persons if p.roles & GUARDIAN_ROLES and not p.is_child and not is_dead(p, now)
    }
    age = age_on(person.born_on, swedish_day(now))
    has_own_say = age is not None and age >= OWN_SAY_AGE
    return frozenset(guardians | {person_id}) if has_own_say or not guardians else frozenset(guardians)


def legal_ground_for(snapshot: CaseSnapshot, need: Need, now: datetime) -> EventSeen | None:
    """The newest recorded legal ground that lets the information pass without consent, if any (OSL 10:28, 26:9 c).

    It needs a known ground and, unless the law commands the disclosure, the person who approved it (data 2.4).
    """
    for event in reversed(snapshot.events_named(LEGAL_GROUND_EVENT)):
        said = event.payload
        ground = said.get("ground")
        until = said.get("valid_until")
        if (
            event.at <= now
            and ground in LEGAL_GROUNDS
            and (said.get("approved_by") or ground in GROUNDS_WITHOUT_APPROVER)
            and said.get("recipient") == need.recipient
            and (need.purpose is None or need.purpose in (said.get("purposes") or ()))
            and need.contents <= set(said.get("scopes") or ())
            and (until is None or date.fromisoformat(str(until)) >= swedish_day(now))
        ):
            return event
    return None


def rows_to_withdraw(
    consents: Iterable[ConsentSeen], giver: int, recipients: Collection[str], at: datetime, now: datetime
) -> tuple[int, ...]:
    """Ids of the consents that a withdrawal made at `at` and written down at `now` closes: the giver's own, only the
    named recipients if any are named.

    A withdrawal, whole or in part, takes effect at once and changes nothing that was done before (handboken 5.4). A
    consent given after the withdrawal stands. One whose time lies ahead even of `now` was written down before the
    person took it back, whatever time was typed: it is closed too, and never comes to count.
    """
    return tuple(
        consent.id
        for consent in consents
        if consent.giver == giver
        and (not recipients or consent.recipient in recipients)
        and (consent.given_at <= at or consent.given_at > now)
        and (consent.withdrawn_at is None or consent.withdrawn_at > at)
    )


def _why(snapshot: CaseSnapshot, need: Need, now: datetime) -> tuple[str, ...]:
    """What is wrong with the consents that come nearest: those for the same recipient."""
    nearest = [c for c in snapshot.consents if c.recipient == need.recipient]
    reasons = (
        why_not_valid(consent, snapshot, now) or why_not_covering(consent, need) for consent in nearest
    )
    return tuple(dict.fromkeys(reason for reason in reasons if reason is not None))


def person_in(snapshot: CaseSnapshot, person_id: int) -> PersonSeen | None:
    """The person with this id, if the case has one."""
    return next((person for person in snapshot.persons if person.id == person_id), None)


def name_of(snapshot: CaseSnapshot, person_id: int) -> str:
    """The person's name, or a neutral word for somebody who is not in the case."""
    person = person_in(snapshot, person_id)
    return "en person utanför ärendet" if person is None else person.name


def is_dead(person: PersonSeen, now: datetime) -> bool:
    """The person has died, at the latest today."""
    return person.died_on is not None and person.died_on <= swedish_day(now)


def is_minor(person: PersonSeen, now: datetime) -> bool:
    """Under 18 today; without a birth date the role decides, so that a grown-up child speaks for itself (E-33)."""
    age = age_on(person.born_on, swedish_day(now))
    return person.is_child if age is None else age < 18


def is_child_giver(snapshot: CaseSnapshot, person_id: int) -> bool:
    """The role says child; a child's consent alone never opens anything about the adults' matter."""
    person = person_in(snapshot, person_id)
    return person is not None and person.is_child


def age_on(born_on: date | None, day: date) -> int | None:
    """Whole years on `day`; None without a birth date."""
    if born_on is None:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def words(parts: Iterable[str]) -> str:
    """`a, b och c`."""
    listed = list(parts)
    return " och ".join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)
