"""What stands in the way when process owners change, approve and publish processes."""

from __future__ import annotations

from datetime import datetime

from processes.errors.kinds import Conflict, Invalid, NotAllowed, NotFound


class DraftNotFound(NotFound):
    """There is no such proposal."""


class DraftFileNotFound(NotFound):
    """The proposal has no such file."""


class ReleaseNotFound(NotFound):
    """There is no such release."""


class DraftClash(Conflict):
    """Somebody else saved the file first; both texts are here, so that nothing typed is lost."""

    def __init__(
        self,
        *,
        draft_id: int,
        path: str,
        revision: int,
        mine: bytes,
        theirs: bytes | None,
        saved_by: str,
        saved_at: datetime | None,
    ) -> None:
        super().__init__(f"{path} was saved by somebody else.")
        self.draft_id = draft_id
        self.path = path
        self.revision = revision
        """What the file's revision is now."""
        self.mine = mine
        self.theirs = theirs
        """None when somebody has taken the file away."""
        self.saved_by = saved_by
        self.saved_at = saved_at


class DraftNotOpen(Conflict):
    """The proposal has been sent, approved, published or discarded, and its files stand still."""


class DraftNotReady(Conflict):
    """Something remains before the proposal can go on; `remains` names it."""

    def __init__(self, remains: tuple[str, ...]) -> None:
        super().__init__(f"The proposal is not ready: {', '.join(remains)}.")
        self.remains = remains


class ReleaseWaits(Conflict):
    """Another release waits for its instant; it must take effect or be called off first."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Release {number} waits for its instant.")
        self.number = number


class ReleaseNotWaiting(Conflict):
    """The release has taken effect or been called off already."""


class AnotherOwnerNeeded(NotAllowed):
    """Who sent a proposal does not approve it."""


class DraftFileRefused(Invalid):
    """A file cannot be part of a proposal; `why` says it in Swedish."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
