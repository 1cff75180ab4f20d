"""Says from the law alone whether a step could be taken: an oracle beside the gates, which it never asks.

It reads the rows as they stood just before, and is written from the register of requirements: who informed us, who has
consented to what, what has been decided, who acts. It answers only for HARD gates, and only for steps that it knows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from processes.clock import swedish_day
from processes.models import (
    Case,
    Caseworker,
    Consent,
    ContactAttempt,
    Membership,
    Notice,
    Person,
    ProcessInstance,
)
from tests.any_order.children_oracle import unnamed_children
from tests.any_order.day_oracle import recovery_ends_on
from tests.any_order.picture import Picture

ELSEWHERE = ("forward", "not_for_us")
GROWN_UPS_OF_CHILDREN = {"contract_holder", "co_tenant", "partner", "guardian_elsewhere"}
GOES_ON = ("awaits_enforcement", "not_reached_proposed", "continue_outreach")
"""Outcomes by which nothing ends."""
MOST_MONTHS = 3
"""For how long a delegate other than the head may commit the board."""


@dataclass(frozen=True)
class Deed:
    """A task that has been completed, and how everything stood before that."""

    before: Picture
    task: Any
    at: datetime

    @property
    def case_id(self) -> int:
        return int(self.task.case_id)

    @property
    def said(self) -> dict[str, Any]:
        return self.task.answers or {}

    @property
    def scope(self) -> tuple[str, int]:
        row = self.before.by_id(ProcessInstance)[self.task.instance_id]
        return row.scope_kind, row.scope_id

    def events(self, *names: str, about_scope: bool = False) -> list[Any]:
        return self.before.events(self.case_id, *names, scope=self.scope if about_scope else None)

    def happened(self, *names: str, about_scope: bool = False) -> list[Any]:
        """The events that had happened by then."""
        return [one for one in self.events(*names, about_scope=about_scope) if one.at <= self.at]

    @property
    def living(self) -> list[Any]:
        today = swedish_day(self.at)
        return [
            one
            for one in self.before.of(Person, case_id=self.case_id)
            if one.died_on is None or one.died_on > today
        ]

    @property
    def children(self) -> list[Any]:
        return [one for one in self.living if {"child", "contact_child"} & set(one.roles)]

    @property
    def origin(self) -> dict[str, Any]:
        """What the event said by which the application, request or report began."""
        kind, of = self.scope
        found = (
            [one for one in self.before.rows["events"] if one.id == of]
            if kind in ("application", "request")
            else []
        )
        return found[0].payload if found else {}

    @property
    def is_by_head(self) -> bool:
        return any(
            row.role == "enhetschef" or row.unit == "enhetschef"
            for row in self.before.of(Membership, caseworker_id=self.task.completed_by_id)
        )

    @property
    def who(self) -> Any:
        return self.before.by_id(Caseworker)[self.task.completed_by_id]


def consents(deed: Deed, recipient: str, direction: str) -> list[Any]:
    """The consents that counted at that instant for telling, or asking, this recipient (R-096 to R-102)."""
    today, case = swedish_day(deed.at), deed.before.by_id(Case)[deed.case_id]
    living = {one.id for one in deed.living}
    return [
        row
        for row in deed.before.of(Consent, case_id=deed.case_id, recipient=recipient)
        if row.direction in (direction, "both")
        and row.giver_id in living
        and row.informed_voluntary
        and row.informed_how_to_revoke
        and swedish_day(case.opened_at) <= swedish_day(row.given_at)
        and row.given_at <= deed.at
        and (row.withdrawn_at is None or row.withdrawn_at > deed.at)
        and (row.valid_until is None or row.valid_until >= today)
    ]


def legal_ground(deed: Deed, recipient: str, purpose: str | None, contents: Collection[str]) -> bool:
    """Somebody with the right to it has decided that the information may pass without consent (R-098)."""
    today = swedish_day(deed.at)
    return any(
        said.get("recipient") == recipient
        and (said.get("approved_by") or said.get("ground") == "duty_to_report")
        and (purpose is None or purpose in (said.get("purposes") or ()))
        and set(contents) <= set(said.get("scopes") or ())
        and (not said.get("valid_until") or date.fromisoformat(said["valid_until"]) >= today)
        for said in (event.payload for event in deed.happened("sekretessgrund.beslutad"))
    )


def may_tell(
    deed: Deed, recipient: str, purpose: str, contents: Collection[str], about: Collection[int] | None = None
) -> bool:
    """Everybody whom it concerns has consented to tell this recipient this for this, or a legal ground stands."""
    if "contact_data" in contents and any(
        one.protection != "none" for one in deed.living if about is None or one.id in about
    ):
        return False  # E-30: whoever consents
    if legal_ground(deed, recipient, purpose, contents):
        return True
    rows = [
        row
        for row in consents(deed, recipient, "give")
        if purpose in row.purposes and set(contents) <= set(row.scopes)
    ]
    givers = {row.giver_id for row in rows}
    if about is None:
        grown = {one.id for one in deed.living} - {one.id for one in deed.children}
        return bool(givers & grown)
    return all(_spoken_for(deed, person, givers) for person in about) and bool(about)


def _spoken_for(deed: Deed, person_id: int, givers: set[int]) -> bool:
    """An adult for the own; a child by every guardian who is known here, and by itself from fifteen."""
    person = deed.before.by_id(Person)[person_id]
    age = _age(person.born_on, swedish_day(deed.at))
    is_child = bool({"child", "contact_child"} & set(person.roles)) if age is None else age < 18
    if not is_child:
        return person_id in givers
    guardians = {
        one.id for one in deed.living if set(one.roles) & GROWN_UPS_OF_CHILDREN and one not in deed.children
    }
    needed = guardians | ({person_id} if not guardians or (age or 0) >= 15 else set())
    return needed <= givers


def _age(born_on: date | None, today: date) -> int | None:
    if born_on is None:
        return None
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def ask_landlord(deed: Deed) -> bool:
    """R-103, R-104: the landlord's side informed us itself in this matter, or a tenant lets us ask."""
    if any(
        notice.informant in ("landlord", "disturbance_patrol") and notice.stance not in ELSEWHERE
        for notice in deed.before.notices(deed.case_id)
        if notice.received_at <= deed.at
    ):
        return True
    tenants = {one.id for one in deed.living if {"contract_holder", "co_tenant"} & set(one.roles)}
    sides = ("landlord", "disturbance_patrol")
    givers = {row.giver_id for side in sides for row in consents(deed, side, "obtain")}
    grounds = any(legal_ground(deed, side, None, ()) for side in sides)
    return bool(givers & (tenants or {one.id for one in deed.living})) or grounds


def tell_outsider(recipient: str, purpose: str, *contents: str) -> Callable[[Deed], bool]:
    """R-095, R-105, R-133: what the form says is told, else what the step tells."""

    def check(deed: Deed) -> bool:
        listed = next((deed.said[one] for one in ("what", "told_them") if one in deed.said), contents)
        about = deed.said.get("about")
        told = list(listed) if isinstance(listed, list | tuple) else list(contents)
        return may_tell(deed, recipient, purpose, told, about if isinstance(about, list) and about else None)

    return check


def investigation_is_open(deed: Deed) -> bool:
    """R-077, R-084: an investigation of the adult, or of the child of the report, is open."""
    if deed.scope[0] == "report":
        last = deed.happened("barnutredning.inledd", "barnutredning.avslutad", about_scope=True)[-1:]
        return bool(last) and last[0].name == "barnutredning.inledd"
    last = [
        one for one in deed.happened("utredning.inledd", "utredning.avslutad") if one.scope_kind != "report"
    ][-1:]
    return bool(last) and last[0].name == "utredning.inledd"


def assistance(deed: Deed) -> bool:
    """The household's own application is tried for itself; a reclaim takes a ground and a served decision (R-177)."""
    has_ground = deed.said.get("assistance_decision") != "granted_reclaim" or (
        deed.said.get("reclaim_ground") and deed.said.get("reclaim_served_on")
    )
    return bool(has_ground) and (investigation_is_open(deed) or bool(deed.happened("bistand.ansokt")))


def against_no_adults_will(deed: Deed) -> bool:
    """R-079, R-080: opened only when the adult wants it or coercive law may come to be used."""
    said = deed.said
    return (
        said.get("decision") != "open"
        or said.get("adult_stance") == "wants"
        or said.get("coercive_law_possible") in (True, "yes")
    )


def only_head(deed: Deed) -> bool:
    """Only the head of unit decides this."""
    return deed.is_by_head


def child_degree(deed: Deed) -> bool:
    """R-173, SoL 25:1: a person with the degree."""
    return bool(deed.who.has_child_degree)


def child_alone(deed: Deed) -> bool:
    """R-026, SoL 20:7: met alone only in an investigation about the child."""
    if deed.said.get("child_met_alone") not in (True, "yes"):
        return True
    return investigation_is_open(deed)


def other_administration(deed: Deed) -> bool:
    """R-107, R-122: the person has consented to just that application, or none is made."""
    said = deed.said
    if said.get("application_made") == "no":
        return True
    person = deed.origin.get("person")
    about = None if person is None else [int(person)]
    told = {
        str(said.get("told_recipient") or deed.origin.get("recipient")),
        str(deed.origin.get("recipient")),
    }
    contents = said.get("told_them") or ()
    return all(may_tell(deed, one, "apply_for_measure", contents, about) for one in told)


def visit(deed: Deed) -> bool:
    """R-091 to R-093, R-114: gentler ways first, unless it is urgent or approved."""
    said = deed.said
    if said.get("visit_decision") == "refuse" or said.get("visit_outcome") == "not_needed":
        return True
    if deed.task.step == "godkann_hembesok" and not deed.is_by_head:
        return False
    tried = {one.channel for one in deed.before.of(ContactAttempt, case_id=deed.case_id) if one.at <= deed.at}
    asked = [one.payload for one in deed.events("hembesok.bedomt", about_scope=True)][-1:]
    is_urgent = said.get("emergency") in (True, "yes") or any(
        one.get("emergency") in (True, "yes") for one in asked
    )
    is_tried = "letter" in tried and bool(tried & {"phone", "sms"}) and "announced_visit" in tried
    is_approved = bool(deed.events("hembesok.godkant", about_scope=True))
    return is_tried or is_urgent or is_approved


def commitment(deed: Deed) -> bool:
    """R-139: decided by a delegate, posted at the latest on the last day to win the lease back."""
    said = deed.said
    posted_at = said.get("posted_at")
    if said.get("commitment_decision") != "commitment" and posted_at is None:
        return True
    about = deed.scope[1] if deed.task.id else int(said["notice"])
    [notice] = [one for one in deed.before.notices(deed.case_id) if one.id == about]
    last_day = recovery_ends_on(notice)
    if last_day is None:
        return False
    if posted_at is None:
        is_short = int(said.get("months") or 0) <= MOST_MONTHS or deed.is_by_head
        return bool(deed.who.may_decide_commitments) and is_short
    posted_on = swedish_day(datetime.fromisoformat(posted_at))
    return last_day.is_provisional or posted_on <= last_day.on


def presence_waived(deed: Deed) -> bool:
    """R-070: Kronofogden was consulted: with whom, when and why."""
    return all(deed.said.get(name) for name in ("kfm_officer", "kfm_consulted_at", "reason"))


def closing(deed: Deed) -> bool:
    """R-030, R-049, R-148: each notice answered, the parents talked with, the follow-up weighed."""
    outcome = str(deed.said.get("outcome"))
    if outcome in GOES_ON:
        return True
    if outcome == "not_reached" and not deed.is_by_head:
        return False
    confirmed = {one.scope_id for one in deed.events("bekraftelse.skickad")}
    notices = deed.before.of(Notice, case_id=deed.case_id)
    waiting = [
        one
        for one in notices
        if one.stance is None
        and one.kind != "H"
        and not (one.kind in "FGI" and one.id in confirmed)
        and (one.duplicate_of_id is None or one.kind in "FGI")
    ]
    talks = [one.payload for one in deed.events("foraldrasamtal.hallet")]
    is_talked = not (deed.children or unnamed_children(deed.before, deed.case_id)) or any(
        said.get("outcome", "held") == "held"
        or (said.get("outcome") == "impossible" and said.get("reason") and said.get("approved_by"))
        for said in talks
    )
    return not waiting and is_talked and bool(deed.said.get("follow_up_reason"))


def follow_up(deed: Deed) -> bool:
    """R-150: an adult who has consented to be followed up; a child by agreement or decision (R-164, R-165)."""
    if deed.scope[0] == "report":
        decided = [one.payload for one in deed.events("barnuppfoljning.beslutad", about_scope=True)][-1:]
        if not decided or decided[0].get("decision") not in ("agreed", "without_consent"):
            return False
        ends = decided[0].get("ends_on")
        return decided[0]["decision"] == "agreed" or (
            bool(ends) and swedish_day(deed.at) <= date.fromisoformat(ends)
        )
    grown = {one.id for one in deed.living} - {one.id for one in deed.children}
    recipients = {row.recipient for row in deed.before.of(Consent, case_id=deed.case_id)}
    return any(
        "follow_up" in row.purposes and row.giver_id in grown
        for recipient in recipients
        for direction in ("give", "obtain")
        for row in consents(deed, recipient, direction)
    )


_TELLS = {
    "informera_hyresvard": tell_outsider("landlord", "inform_of_measures"),
    "forhandla_kvarboende": tell_outsider("landlord", "negotiate_stay", "measures"),
    "begar_anstand": tell_outsider("kfm", "coordinate", "measures"),
    "begar_overflyttning": tell_outsider("other_board", "coordinate", "measures"),
    "overlamna_arende": tell_outsider("other_board", "coordinate", "measures"),
}
LAW: dict[str, Callable[[Deed], bool]] = {
    "kontakta_hyresvard": ask_landlord,
    "faststall_delgivning": ask_landlord,
    **_TELLS,
    "hjalp_att_ansoka": other_administration,
    "skyddsbedomning": child_degree,
    "besluta_barnutredning": child_degree,
    "besluta_uppfoljning_barn": child_degree,
    "avsluta_barnutredning": child_degree,
    "utred_barnets_behov": child_alone,
    "prova_ekonomiskt_bistand": assistance,
    "utred_behov": investigation_is_open,
    "besluta_insatser": investigation_is_open,
    "ta_stallning_till_utredning": against_no_adults_will,
    "godkann_tvangsprovning": only_head,
    "begar_oanmalt_hembesok": visit,
    "godkann_hembesok": visit,
    "genomfor_hembesok": visit,
    "avsta_narvaro": presence_waived,
    "godkann_avsta_narvaro": only_head,
    "besluta_atagande": commitment,
    "posta_atagande": commitment,
    "bedom_utfall": closing,
    "bedom_utfall_avhysning": closing,
    "prova_avslut_utan_kontakt": closing,
    "folj_upp": follow_up,
    "folj_upp_barn": follow_up,
}
"""What the law asks of each step that has a hard gate."""
NO_WAY_PAST = (child_degree,)
"""What also who says that a step cannot be done must meet: another person can do it."""


def was_lawful(deed: Deed) -> bool:
    """The ground of the step was there when it was completed, or it was said, with a reason, that it cannot be done."""
    law = LAW.get(deed.task.step)
    if law is None:
        return True
    if deed.said.get("cannot_be_done") is True and law not in NO_WAY_PAST:
        return bool(deed.said.get("cannot_be_done_reason"))
    return law(deed)


def was_lawfully_noted(before: Picture, event: Any) -> bool:
    """An event that tells an outsider something, noted outside the tasks, had its ground when it happened."""
    said = event.payload
    noted = SimpleNamespace(
        id=0, case_id=event.case_id, step=event.name, answers=said, completed_by_id=event.recorded_by_id
    )
    deed = Deed(before, noted, event.at)
    if event.name == "uppgift.lamnad" and "purpose" in said:
        return may_tell(deed, said["recipient"], said["purpose"], said["what"], said["about"])
    return event.name != "atagande.postat" or commitment(deed)
