"""Which group at the municipality's identity provider gives which access here: the file that says it, and the answer.

The file is TOML:

    [claims]                          # what the provider calls things; these are the usual names
    username = "preferred_username"
    name = "name"
    groups = "groups"

    [administrations]                 # key and name of each
    hisingen = "Socialförvaltningen Hisingen"

    [[groups]]
    group = "KB-Hisingen-Vuxen"       # exactly as the provider writes it
    administration = "hisingen"
    unit = "vuxen"                    # leave out for a role without a unit
    role = "handlaggare"

    [[groups]]
    group = "KB-Hisingen-Socionomer"
    administration = "hisingen"
    has_child_degree = true           # or may_decide_commitments = true; gives no access by itself
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from processes.errors import NoAccess, SettingRefused
from processes.rules.units import Role, Unit

CLAIMS = {"username": "preferred_username", "name": "name", "groups": "groups"}
_KEYS = {"group", "administration", "unit", "role", "has_child_degree", "may_decide_commitments"}


@dataclass(frozen=True, slots=True)
class Access:
    """What a person may be here, as the groups say."""

    administration: str
    administration_name: str
    memberships: frozenset[tuple[Unit | None, Role]]
    has_child_degree: bool = False
    may_decide_commitments: bool = False


@dataclass(frozen=True, slots=True)
class Grant:
    """What one group gives."""

    group: str
    administration: str
    role: Role | None
    unit: Unit | None
    has_child_degree: bool
    may_decide_commitments: bool


@dataclass(frozen=True, slots=True)
class GroupMap:
    """The file, read."""

    administrations: Mapping[str, str]
    grants: tuple[Grant, ...]
    claims: Mapping[str, str] = field(default_factory=lambda: dict(CLAIMS))

    def access_of(self, groups: Collection[str]) -> Access:
        """What a member of these groups may be here.

        Raises NoAccess when no group gives a role, and when groups point to different administrations: each is an
        authority of its own (OSL 8:2), and nobody can see to which the person's work belongs.
        """
        given = [grant for grant in self.grants if grant.group in groups]
        memberships = frozenset((grant.unit, grant.role) for grant in given if grant.role is not None)
        administrations = {grant.administration for grant in given}
        if not memberships or len(administrations) != 1:
            raise NoAccess(
                "no group gives a role" if not memberships else "groups of several administrations"
            )
        key = administrations.pop()
        return Access(
            administration=key,
            administration_name=self.administrations[key],
            memberships=memberships,
            has_child_degree=any(grant.has_child_degree for grant in given),
            may_decide_commitments=any(grant.may_decide_commitments for grant in given),
        )


def read_group_map(text: str) -> GroupMap:
    """Read the file. Raises SettingRefused with every problem, one sentence each."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingRefused(f"KVARBOENDE_OIDC_GROUPS: the file is not TOML: {error}.") from error
    administrations, rows = told.get("administrations", {}), told.get("groups", [])
    claims = told.get("claims", {})
    problems = [
        f"there is no [{name}]" for name in told if name not in {"administrations", "groups", "claims"}
    ]
    problems += [f"there is no claim of ours that is called {name}" for name in claims if name not in CLAIMS]
    problems += [
        f"group {number}: {problem}"
        for number, row in enumerate(rows, start=1)
        for problem in _problems_in(row, administrations)
    ]
    if not any("role" in row for row in rows):
        problems.append("no group gives a role, so that nobody could sign in")
    if problems:
        raise SettingRefused("\n".join(f"KVARBOENDE_OIDC_GROUPS: {problem}." for problem in problems))
    return GroupMap(administrations, tuple(_grant(row) for row in rows), {**CLAIMS, **claims})


def _problems_in(row: Mapping[str, Any], administrations: Mapping[str, str]) -> list[str]:
    problems = [f"{key} is not known" for key in row if key not in _KEYS]
    if not isinstance(row.get("group"), str) or not row["group"]:
        problems.append("group must be named")
    if row.get("administration") not in administrations:
        problems.append("administration must be one of [administrations]")
    if "role" in row and row["role"] not in set(Role):
        problems.append(f"role must be one of {', '.join(Role)}")
    if "unit" in row and row["unit"] not in set(Unit):
        problems.append(f"unit must be one of {', '.join(Unit)}")
    if "unit" in row and "role" not in row:
        problems.append("a unit needs a role in it")
    return problems


def _grant(row: Mapping[str, Any]) -> Grant:
    return Grant(
        group=row["group"],
        administration=row["administration"],
        role=Role(row["role"]) if "role" in row else None,
        unit=Unit(row["unit"]) if "unit" in row else None,
        has_child_degree=row.get("has_child_degree") is True,
        may_decide_commitments=row.get("may_decide_commitments") is True,
    )
