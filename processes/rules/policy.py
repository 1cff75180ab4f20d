"""What a municipality may decide for itself: switches and intervals where the law or the handbook leaves room."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time

from processes.rules.closed_days import ClosedDays, closed_in
from processes.rules.interpretations import Interpretations
from processes.rules.stuck_limits import Limits


@dataclass(frozen=True, slots=True)
class Policy:
    """The municipality's choices; the defaults follow Göteborg's handbook.

    Days are calendar days unless the name says working days.
    """

    municipality: str = "Göteborg"
    office_closes_at: time = time(16, 30)
    confirmation_warning_minutes: int = 15
    """How long before the office closes an unsent confirmation escalates (handboken 7.5)."""
    reminders_at: time = time(8, 0)
    """When reminders that wait for the day to begin are given."""
    overdue_working_days: tuple[int, int, int] = (1, 2, 3)
    """So long after its due day an undone task is told to the unit, the substitute and the head of unit."""
    intake_guide_days: int = 14
    intake_limit_days: int = 28
    """Guide for how long an intake may last without special reasons (handboken 5.2)."""
    intake_review_days: int = 7
    response_window_days: int = 3
    """How long an unanswered contact attempt rests before the next channel is tried."""
    recovery_warning_working_days: tuple[int, ...] = (5, 2, 1)
    eviction_warning_working_days: tuple[int, ...] = (3, 1)
    deferral_request_working_days: int = 2
    follow_up_days: int = 35
    rent_check_days: int = 8
    await_enforcement_days: int = 30
    commitment_cap_months: int = 3
    other_administration_needs_consent: bool = True
    """Handbook 6.3; SoL 15:8 may allow asking on request (R-107)."""
    support_needs_investigation: bool = True
    """Handbook 5.1; SoL 11:5 may allow services without individual assessment (R-084)."""
    unannounced_visit_needs: tuple[str, ...] = ("letter", "phone", "announced_visit")
    emergency_hours: int = 4
    """How long an emergency access lasts: a visit or a call in the night, not a working day."""
    protected_circle: frozenset[str] = frozenset({"responsible", "substitute", "stand_in", "head", "holder"})
    """Who sees the number and the address of a protected person: some of rules/protection.TIES (OSL 22:1, 26:1)."""
    keeps_records_for_ever: bool = True
    """Göteborg's files are exempt from destruction (SoF 13:1)."""
    interpretations: Interpretations = field(default_factory=Interpretations)
    """How the rules on time are read where the law leaves room."""
    local_closed_days: frozenset[date] = field(default_factory=frozenset)
    """Days on which the office is shut besides weekends, holidays and eves; for the case's own administration."""
    release_needs_approval: bool = True
    """Changed processes are published only when a second process owner has approved them."""
    limits: Limits = field(default_factory=Limits)
    """After how long work counts as stuck, so that a supervisor is told."""
    closed_days: ClosedDays = field(default_factory=dict)
    """Those of every administration, as the municipality's file says (`closed_days.py`)."""

    def in_administration(self, key: str) -> Policy:
        """The same choices with the closed days of the administration."""
        if not self.closed_days:
            return self
        return replace(self, local_closed_days=self.local_closed_days | closed_in(self.closed_days, key))
