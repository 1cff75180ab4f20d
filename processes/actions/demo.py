"""A small fictional city to try the product in: one person per role, and a few households at different stages."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from processes.actions.demo_scene import Scene
from processes.actions.demo_stories import STORIES
from processes.actions.people import HASHER, add_administration, add_caseworker
from processes.models import Administration, SimulatedTime
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
    DemoPerson("petra", "Petra Ström", ((None, Role.PROCESS_OWNER),)),
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
    for story in STORIES:
        scene = Scene(work)
        story(scene)
        scene.end()
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
            email=f"{person.username}@kvarboende.example",
            has_child_degree=person.has_child_degree,
            may_decide_commitments=person.may_decide_commitments,
        )
    work.session.flush()
