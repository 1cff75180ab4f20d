"""The ways in which a case can be left to itself: nobody leads it, nobody answers, nothing that is sent arrives."""

from __future__ import annotations

from datetime import timedelta

from processes.models import Case, Dwelling, Letter, Mail, Notice, Notification
from tests.faults.damage import (
    CHILD,
    EARLY,
    EVICTION_NEAR,
    FAMILY,
    FRESH,
    HELPED,
    LEFT_LYING,
    NEIGHBOUR,
    RESTING,
    Damage,
    Facts,
)


def nobody_responsible(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(LEFT_LYING, FAMILY)
    case.responsible_id = case.substitute_id = None
    case.opened_at = damage.days_ago(10)
    return case, {}


def nobody_substitute(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(NEIGHBOUR, RESTING)
    case.substitute_id, case.opened_at = None, damage.days_ago(20)
    return case, {"person": "Bosse Grahn"} if case.responsible_id == 2 else {}


def responsible_left(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(CHILD, FRESH)
    case.substitute_id = damage.anybody("lage").id
    return case, {"person": "Lage Slutat"}


def both_away(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(CHILD, FAMILY)
    case.responsible_id, case.substitute_id = damage.person("fanny").id, damage.person("frans").id
    return case, {"person": "Fanny Frånvarande"}


def without_stance(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(FRESH, EARLY)
    damage.one(Notice, case).registered_at = damage.days_ago(10)
    return case, {}


def two_cases(damage: Damage) -> tuple[Case, Facts]:
    """The later of two cases about one home."""
    one, other = sorted((damage.case(FRESH), damage.case(EARLY)), key=lambda case: case.id)
    session = damage.work.session
    home = session.get_one(Dwelling, one.dwelling_id)
    session.get_one(Dwelling, other.dwelling_id).address_key = home.address_key
    return other, {"other_case": one.number}


def alarm_unseen(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(RESTING, HELPED)
    told = {"administration_key": case.administration_key, "unit": "vuxen", "text": "Påhittat larm."}
    at = damage.days_ago(5)
    damage.work.session.add(Notification(case_id=case.id, at=at, mailed_at=at, **told))
    return case, {}


def _letter(damage: Damage, case: Case) -> Letter:
    letter = Letter(
        case_id=case.id,
        kind="informationsbrev",
        recipient_kind="contract_holders",
        text="Hej!",
        written_at=damage.days_ago(12),
    )
    damage.work.session.add(letter)
    return letter


def letter_unsent(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(LEFT_LYING, RESTING)
    _letter(damage, case)
    return case, {"letter": "informationsbrev"}


def letter_returned(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(EVICTION_NEAR, HELPED)
    letter = _letter(damage, case)
    letter.sent_at, letter.returned_at = damage.days_ago(12), damage.days_ago(7)
    return case, {"letter": "informationsbrev"}


def mail_given_up(damage: Damage) -> tuple[Case, Facts]:
    case = damage.case(EVICTION_NEAR, CHILD)
    bosse = damage.person("bosse")
    damage.work.session.add(
        Mail(
            caseworker=bosse,
            case_id=case.id,
            kind="reminder",
            path="/",
            dedup_key=f"prov:{case.id}",
            message_id=f"prov{case.id}",
            created_at=damage.days_ago(4),
            attempts=9,
            given_up_at=damage.work.now - timedelta(hours=5),
        )
    )
    return case, {"person": bosse.name}
