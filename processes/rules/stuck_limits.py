"""After how long work counts as stuck: the numbers behind the table of checks, which a municipality may set."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Limits:
    """How long something may stand before a supervisor is told; working days are the office's own."""

    unclaimed_working_days: int = 2
    """A task that nobody has taken."""
    overdue_working_days: int = 1
    """A task whose time is over."""
    gate_days: int = 7
    """A task that a closed gate stands in the way of."""
    recovery_working_days: int = 5
    """Before the last day of the recovery period: by then somebody has weighed what can save the lease."""
    presence_working_days: int = 3
    """Before the day of an eviction: by then it is planned who goes there."""
    child_working_days: int = 3
    """Before the end of one of the children's clocks."""
    stance_working_days: int = 3
    """A notice to which nobody has taken a position."""
    responsible_working_days: int = 2
    """A case that nobody answers for."""
    substitute_working_days: int = 5
    """A case that nobody answers for when who does so is away."""
    letter_working_days: int = 2
    """A letter that has been written and not sent, or that came back."""
    alarm_working_days: int = 1
    """An alarm that nobody has acknowledged."""
    mail_days: int = 14
    """So long a mail that could not be delivered is worth knowing of."""
    late_minutes: int = 15
    """A timer, or a task that is to come back, that has not."""
    failing_minutes: int = 30
    """What the worker tries again and again."""

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) < 1:
                raise ValueError(f"{field.name} must be at least 1")
