"""The person may not do it, or has not shown who it is."""

from __future__ import annotations

from processes.errors.kinds import NotAllowed


class SecondPersonNeeded(NotAllowed):
    """Who proposed to destroy a case may not also be the one to approve it."""


class NotOfThisUnit(NotAllowed):
    """The task belongs to a unit that the person is not a member of."""


class NoNeedOfCase(NotAllowed):
    """The person has nothing to do with the case, which is a condition for seeing it (SoLPuL 10)."""

    def __init__(self, case_id: int) -> None:
        super().__init__(f"Nothing to do with case {case_id}.")
        self.case_id = case_id


class Recused(NotAllowed):
    """The person has a conflict of interest in the case (sv. jäv) and may not have anything to do with it."""


class NotSignedIn(NotAllowed):
    """Nobody is signed in, or the name and password do not match."""


class KeyRefused(NotSignedIn):
    """The key of a connected system is missing, unknown, expired, revoked or not yet approved."""


class ScopeMissing(NotAllowed):
    """The key of the connected system was not made for this."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"The key lacks the scope {scope}.")
        self.scope = scope


class TooManyTries(NotAllowed):
    """Wrong passwords were given too often; the next try counts only after a while."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"Too many wrong passwords: wait {minutes} minutes.")
        self.minutes = minutes


class ProviderRefused(NotAllowed):
    """What came from the identity provider is not a sign-in that can be trusted."""


class NoAccess(NotAllowed):
    """The person is known to the identity provider, but nothing there gives access to Kvarboende."""
