"""Who may do what: which unit or role may read, claim, complete, assign and decide.

Two tables, both meant to be read: VERBS says what a person may do with cases and tasks, DELEGATIONS who may make a
decision in the board's name. Everybody acts inside the own administration only: another board is another authority
(OSL 8:2), and access follows the need of the work (SoLPuL 10; R-178): a verb alone opens no case, the person must
also have to do with it (queries/access.py). Who keeps the system, its diagrams or its logs sees no case at all.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from processes.rules.units import Role, Unit

CASE_STAFF = frozenset({Role.CASEWORKER, Role.COORDINATOR, Role.SUPERVISOR})
LEADING_ROLES = frozenset({Role.COORDINATOR, Role.SUPERVISOR})
EMPLOYERS = frozenset({Role.SUPERVISOR, Role.SYSTEM_ADMINISTRATOR})
OPERATING_ROLES = frozenset({Role.SUPERVISOR, Role.PROCESS_OWNER, Role.SYSTEM_ADMINISTRATOR})
INTAKE_UNITS = frozenset({Unit.COORDINATION, Unit.ADULTS, Unit.HEAD})

OVERSIGHT_UNITS = frozenset({Unit.COORDINATION, Unit.HEAD})
"""Units whose duty covers every case: they receive, distribute and answer for the work."""


@dataclass(frozen=True, slots=True)
class Verb:
    """Something a person can do, and whose it is."""

    name: str
    label: str
    """Swedish."""
    roles: frozenset[Role]
    units: frozenset[Unit] = frozenset()
    """If any are named, a person with a role above must also be a member of one of them."""
    only_own_unit: bool = False
    """Only for tasks of a unit that the person is a member of; the head of unit reaches every unit's."""


VERBS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("read_case", "Läsa ett ärende som man arbetar med", CASE_STAFF),
        Verb("read_every_case", "Läsa alla förvaltningens ärenden", CASE_STAFF, OVERSIGHT_UNITS),
        Verb("register_notice", "Registrera en underrättelse", CASE_STAFF, INTAKE_UNITS),
        Verb("see_task", "Se en uppgift", CASE_STAFF, only_own_unit=True),
        Verb("claim_task", "Ta en uppgift", CASE_STAFF, only_own_unit=True),
        Verb("release_task", "Lämna tillbaka en uppgift", CASE_STAFF, only_own_unit=True),
        Verb("complete_task", "Slutföra en uppgift", CASE_STAFF, only_own_unit=True),
        Verb("record_event", "Anteckna en händelse", CASE_STAFF),
        Verb("assign_task", "Fördela en uppgift till någon annan", LEADING_ROLES),
        Verb("stand_in", "Göra en frånvarande kollegas uppgifter", CASE_STAFF),
        Verb("report_absence", "Anmäla sin frånvaro och vem som ersätter", CASE_STAFF),
        Verb("report_absence_of_others", "Anmäla en kollegas frånvaro", LEADING_ROLES),
        Verb("declare_recusal", "Anmäla jäv för sig själv", CASE_STAFF),
        Verb("recuse_others", "Anmäla jäv för en kollega", LEADING_ROLES),
        Verb("correct_recusal", "Rätta ett jäv som anmälts av misstag", LEADING_ROLES),
        Verb("open_in_emergency", "Öppna ett ärende med nödåtkomst", CASE_STAFF),
        Verb("review_emergency_access", "Granska nödåtkomst", frozenset({Role.SUPERVISOR})),
        Verb("send_letters", "Skriva brev och anteckna att de skickats", CASE_STAFF),
        Verb("hand_out_file", "Lämna ut en persons akt", CASE_STAFF),
        Verb("correct_records", "Anteckna rättelse och invändning", CASE_STAFF),
        Verb("hold_records", "Stoppa och släppa gallring av ett ärende", LEADING_ROLES, OVERSIGHT_UNITS),
        Verb("propose_destruction", "Föreslå gallring", LEADING_ROLES, OVERSIGHT_UNITS),
        Verb("approve_destruction", "Godkänna och utföra gallring", frozenset({Role.SUPERVISOR})),
        Verb("supervise", "Leda arbetet: översikt, spärrar och omfördelning", frozenset({Role.SUPERVISOR})),
        Verb("edit_diagrams", "Ändra och publicera processer", frozenset({Role.PROCESS_OWNER})),
        Verb("read_log", "Granska åtkomstloggen", frozenset({Role.AUDITOR})),
        Verb("read_sign_ins", "Se nekade inloggningar", frozenset({Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR})),
        Verb("end_employment", "Stänga kontot för den som slutar", EMPLOYERS),
        Verb("lend_name", "Låta ett anslutet system arbeta i ens namn", CASE_STAFF),
        Verb("operate_system", "Sköta driften", frozenset({Role.SYSTEM_ADMINISTRATOR})),
        Verb(
            "see_operations", "Se driftläget: vad som är sent och vad systemet inte klarade", OPERATING_ROLES
        ),
        Verb(
            "retry_failed",
            "Låta systemet försöka igen",
            frozenset({Role.SUPERVISOR, Role.SYSTEM_ADMINISTRATOR}),
        ),
    )
}
"""Every verb by name."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """A kind of decision and who makes it in the board's name (sv. delegation)."""

    code: str
    label: str
    """Swedish."""
    units: frozenset[Unit]
    source: str
    needs_child_degree: bool = False


_HEAD = frozenset({Unit.HEAD})
_ADULTS = _HEAD | {Unit.ADULTS}
_ECONOMIC = _HEAD | {Unit.ECONOMIC}
_CHILDREN = _HEAD | {Unit.CHILDREN}

DELEGATIONS: dict[str, Delegation] = {
    delegation.code: delegation
    for delegation in (
        Delegation("open_investigation", "Inleda eller inte inleda utredning", _ADULTS, "SoL 14:2"),
        Delegation("close_not_reached", "Avsluta när den enskilde inte nåtts", _HEAD, "JO 1683-2017"),
        Delegation("coercive_review", "Godkänna prövning mot den enskildes vilja", _HEAD, "handboken 5.1"),
        Delegation("long_intake", "Pröva särskilda skäl för längre aktualisering", _HEAD, "handboken 5.2"),
        Delegation("unannounced_visit", "Godkänna oanmält hembesök", _HEAD, "handboken 5.3"),
        Delegation("disclose_on_legal_ground", "Lämna ut uppgifter utan samtycke", _HEAD, "OSL 10:28"),
        Delegation("support", "Besluta om insats", _ADULTS, "handboken 6.8"),
        Delegation("economic_assistance", "Besluta om ekonomiskt bistånd", _ECONOMIC, "SoL 12:1-2"),
        Delegation("reclaim", "Besluta om bistånd mot återkrav", _ECONOMIC, "SoL 33:2"),
        Delegation("commitment", "Åta sig betalningsansvar för hyran", _ECONOMIC, "JB 12:44"),
        Delegation("presence_exception", "Avstå från närvaro när barn berörs", _HEAD, "handboken 5.5, 7"),
        Delegation("child_decision", "Besluta om barn", _CHILDREN, "SoL 20:2, 25:1", needs_child_degree=True),
        Delegation(
            "child_follow_up",
            "Besluta om uppföljning av barn",
            _CHILDREN,
            "SoL 23:1",
            needs_child_degree=True,
        ),
    )
}
"""Every delegated decision by code; a municipality replaces the table with its own delegation order."""


def may(verb: str, roles: Collection[Role], units: Collection[Unit], unit: Unit | None = None) -> bool:
    """Whether a person with these roles and units may do it, for a task of `unit` where the verb asks.

    Says nothing about the administration: that is checked first, for everybody. KeyError for an unknown verb.
    """
    rule = VERBS[verb]
    if not rule.roles & set(roles):
        return False
    if rule.units and not rule.units & set(units):
        return False
    return not rule.only_own_unit or unit in units or Role.SUPERVISOR in roles


def delegations_of(units: Collection[Unit], *, has_child_degree: bool) -> frozenset[str]:
    """Codes of the decisions that a member of these units may make (for `ActingPerson.delegations`)."""
    return frozenset(
        delegation.code
        for delegation in DELEGATIONS.values()
        if delegation.units & set(units) and (has_child_degree or not delegation.needs_child_degree)
    )
