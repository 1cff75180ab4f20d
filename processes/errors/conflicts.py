"""It cannot be done as things stand, often because somebody was faster or a gate is closed."""

from __future__ import annotations

from datetime import date

from processes.errors.kinds import Conflict


class TaskAlreadyClaimed(Conflict):
    """Another caseworker has claimed the task."""

    def __init__(self, claimed_by: str) -> None:
        super().__init__(f"The task is claimed by {claimed_by}.")
        self.claimed_by = claimed_by


class TaskAlreadyFinished(Conflict):
    """The task was completed or withdrawn before this request came in."""


class TaskNotClaimed(Conflict):
    """The task must be claimed by the person who works on it."""


class RestsPastTheLaw(Conflict):
    """The task would rest past a day of the law; it must be back on the last office day before."""

    def __init__(self, back_on: date, what: str, on: date) -> None:
        super().__init__(f"The task must be back on {back_on}, before {on}.")
        self.back_on = back_on.isoformat()
        self.what = what
        self.on = on.isoformat()


class CaseChangedMeanwhile(Conflict):
    """Somebody else changed the case at the same moment; nothing was saved."""


class CaseClosed(Conflict):
    """The case is closed, and what is to be recorded needs somebody to act on it."""


class EventNotCorrectable(Conflict):
    """What happened cannot be undone by a correction: something has already followed from it."""

    def __init__(self, why: str, way_out: str) -> None:
        super().__init__(why)
        self.why = why
        self.way_out = way_out


class AccessAlreadyThere(Conflict):
    """The person has to do with the case already and needs no emergency access."""


class AlreadyReviewed(Conflict):
    """The emergency access has been reviewed."""


class SimulationRefused(Conflict):
    """The clock cannot be moved: this is no demo, or not so far."""


class NoticeAlreadyRegistered(Conflict):
    """The same notice is already registered."""

    def __init__(self, notice_id: int) -> None:
        super().__init__(f"The notice is already registered as notice {notice_id}.")
        self.notice_id = notice_id


class RequestUnderWay(Conflict):
    """The same request is being carried out at this moment; ask again when it is done."""


class GateClosed(Conflict):
    """A legal gate blocks the step; the answer says why and what opens it."""

    def __init__(self, gate: str, why: str, way_out: str) -> None:
        super().__init__(f"The gate is closed: {gate}.")
        self.gate = gate
        self.why = why
        self.way_out = way_out

    @property
    def in_full(self) -> str:
        """The gate, why it is closed, and what would open it."""
        return f"{self.gate}: {self.why} {self.way_out}"


class MustBeKept(Conflict):
    """The case may not be destroyed; `why` says it in Swedish."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotProposed(Conflict):
    """Nobody has proposed to destroy the case, or somebody has taken the proposal back."""


class NotHandedOut(Conflict):
    """The file may not be handed out like this; `why` says it in Swedish."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class LetterAlreadySent(Conflict):
    """Somebody has said already that the letter was sent."""


class LetterNotSent(Conflict):
    """The letter has not been sent, so that there is nothing to correct and nothing that can come back."""


class UsernameTaken(Conflict):
    """Another account has this name to sign in with."""


class AlreadyImported(Conflict):
    """The same file of notices has been taken in before."""

    def __init__(self, file_name: str, by: str, on: date) -> None:
        super().__init__(f"The file was taken in on {on}.")
        self.file_name = file_name
        self.by = by
        self.on = on.isoformat()
