"""What stands in the way when a head of unit steps into the course of a case."""

from __future__ import annotations

from processes.errors.kinds import Conflict, NotFound


class InterventionRefused(Conflict):
    """It would be unsound or unlawful; `why` says it in Swedish, with what to do instead."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class PreviewOutdated(Conflict):
    """The case has moved since the preview was shown, so that something else would happen."""


class CaseSuspended(Conflict):
    """The case is suspended, and no day of the law stands behind the task."""

    def __init__(self, until: str) -> None:
        super().__init__(f"The case is suspended until {until}.")
        self.until = until


class FindingNotFound(NotFound):
    """There is no such finding."""


class FindingClosed(Conflict):
    """The finding is closed: what it says is not so any more."""
