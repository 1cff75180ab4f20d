"""A small fictional city to try the product in: one person per role, and a few households at different stages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from processes.actions.notices import register_notice
from processes.actions.people import HASHER, add_administration, add_caseworker
from processes.models import Administration, SimulatedTime
from processes.queries.people import get_caseworker_named
from processes.rules.units import Role, Unit
from processes.unit_of_work import UnitOfWork

DEMO_PASSWORD = "kvarboende-demo"  # noqa: S105  # printed on the sign-in page of a demo, by design
ADMINISTRATIONS = {
    "centrum": "Socialförvaltningen Centrum",
    "nordost": "Socialförvaltningen Nordost",
    "hisingen": "Socialförvaltningen Hisingen",
    "sydvast": "Socialförvaltningen Sydväst",
}


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A fictional member of staff."""

    username: str
    name: str
    memberships: tuple[tuple[Unit | None, Role], ...]
    administration: str = "hisingen"
    has_child_degree: bool = False
    may_decide_commitments: bool = False

    @property
    def what(self) -> str:
        """What the person is, in the words of the enum, for the sign-in page."""
        return str(self.memberships[0][1])


CAST = (
    DemoPerson("anna", "Anna Lindqvist", ((Unit.ADULTS, Role.CASEWORKER),)),
    DemoPerson("bosse", "Bosse Grahn", ((Unit.ADULTS, Role.CASEWORKER),)),
    DemoPerson("siv", "Siv Samuelsson", ((Unit.COORDINATION, Role.COORDINATOR),)),
    DemoPerson("karim", "Karim Haddad", ((Unit.CHILDREN, Role.CASEWORKER),), has_child_degree=True),
    DemoPerson("eva", "Eva Sandberg", ((Unit.ECONOMIC, Role.CASEWORKER),), may_decide_commitments=True),
    DemoPerson("ebba", "Ebba Norén", ((Unit.ECONOMIC, Role.CASEWORKER),)),
    DemoPerson(
        "maria",
        "Maria Ek",
        ((Unit.HEAD, Role.SUPERVISOR),),
        has_child_degree=True,
        may_decide_commitments=True,
    ),
    DemoPerson("per", "Per Olsson", ((None, Role.PROCESS_OWNER),)),
    DemoPerson("gun", "Gun Berg", ((None, Role.AUDITOR),)),
    DemoPerson("stig", "Stig Wall", ((None, Role.SYSTEM_ADMINISTRATOR),)),
    DemoPerson("disa", "Disa Falk", ((Unit.ADULTS, Role.CASEWORKER),), administration="sydvast"),
)
"""Who can sign in to a demo; `disa` works in another administration and sees nothing of the others' cases."""


def seed_demo(work: UnitOfWork) -> bool:
    """Fill an empty database with the demo's people and households; False when it has people already."""
    if work.session.scalars(select(Administration).limit(1)).first() is not None:
        return False
    seed_people(work)
    work.session.add(SimulatedTime(marked_at=work.now))
    siv = get_caseworker_named(work.session, "siv")
    for story in _stories(work):
        register_notice(work, caseworker=siv, answers=story)
    return True


def seed_people(work: UnitOfWork) -> None:
    """The demo's administrations and staff."""
    for key, name in ADMINISTRATIONS.items():
        add_administration(work, key=key, name=name)
    password_hash = HASHER.hash(DEMO_PASSWORD)
    for person in CAST:
        add_caseworker(
            work,
            username=person.username,
            name=person.name,
            administration=person.administration,
            memberships=person.memberships,
            password_hash=password_hash,
            phone="031-000 00 00",
            has_child_degree=person.has_child_degree,
            may_decide_commitments=person.may_decide_commitments,
        )
    work.session.flush()


def _stories(work: UnitOfWork) -> list[dict[str, Any]]:
    """The demo's notices, dated around now: the inbox has something late, something due and something far off."""
    siv = get_caseworker_named(work.session, "siv").id
    anna = get_caseworker_named(work.session, "anna").id
    now = work.now
    return [
        _arrears(now - timedelta(days=4), ("Provgatan 1", "1101"), "Exempelbo AB", "9450.00", _man("F-01")),
        _arrears(
            now - timedelta(days=1), ("Exempelvägen 7", "1203"), "Fiktiva Hus AB", "18200.00", _family("F-02")
        ),
        _disturbance(now - timedelta(hours=5), "Provgatan 12", "1002", _man("F-03")),
        _eviction(now - timedelta(minutes=35), now + timedelta(days=6), _family("F-04"), anna, siv),
        _arrears(now - timedelta(days=9), ("Testgränd 3", "1301"), "Exempelbo AB", "11780.00", _man("F-06")),
    ]


def _base(
    received_at: datetime, address: str, apartment: str, persons: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "received_at": received_at.isoformat(),
        "channel": "registered_post",
        "address": address,
        "apartment": apartment,
        "contract_kind": "first_hand",
        "persons": persons,
    }


def _arrears(
    received_at: datetime, home: tuple[str, str], landlord: str, amount: str, persons: list[dict[str, Any]]
) -> dict[str, Any]:
    posted = (received_at - timedelta(days=1)).date().isoformat()
    said = {"kind": "A", "informant": "landlord", "landlord_name": landlord, "amount_due": amount}
    letter = {"posted_on": posted, "posted_registered": True, "notice_dated_on": posted}
    return _base(received_at, *home, persons) | said | letter


def _disturbance(
    received_at: datetime, address: str, apartment: str, persons: list[dict[str, Any]]
) -> dict[str, Any]:
    said: dict[str, Any] = {
        "kind": "B",
        "informant": "disturbance_patrol",
        "landlord_name": "Exempelbo AB",
        "disturbance_kinds": ["noise"],
        "disturbance_text": "Påhittad störning: hög musik tre nätter i rad.",
    }
    return _base(received_at, address, apartment, persons) | said


def _eviction(
    received_at: datetime,
    eviction_at: datetime,
    persons: list[dict[str, Any]],
    caseworker: int,
    substitute: int,
) -> dict[str, Any]:
    said = {
        "kind": "F",
        "informant": "kfm",
        "channel": "post",
        "kfm_case_number": "T-04",
        "eviction_at": eviction_at.isoformat(),
        "caseworker": caseworker,
        "substitute": substitute,
    }
    persons = [{**persons[0], "is_defendant": True}, *persons[1:]]
    return _base(received_at, "Påhittsplan 4", "1402", persons) | said


def _man(mark: str) -> list[dict[str, Any]]:
    return [{"name": f"{mark} Påhittad", "role": "contract_holder", "protection": "none"}]


def _family(mark: str) -> list[dict[str, Any]]:
    return [
        {"name": f"{mark}a Påhittad", "role": "contract_holder", "protection": "none"},
        {"name": f"{mark}b Påhittad", "role": "co_tenant", "protection": "none"},
        {"name": f"{mark}c Påhittad", "role": "child", "protection": "none"},
    ]
