"""Every way a request can be refused, named after the fact that stood in the way.

An action raises one of these and changes nothing. What a person reads, and which HTTP status it gives, is decided in
`app/`; the English text here is for logs, commands and developers.
"""

from __future__ import annotations


class Refusal(Exception):
    """A request that cannot be carried out as things stand."""


class NotFound(Refusal):
    """No such thing, or not for this person to know of."""


class NotAllowed(Refusal):
    """The person may not do this."""


class Conflict(Refusal):
    """Somebody or something else was there first."""


class Invalid(Refusal):
    """What was given cannot be understood or is not complete."""


class CaseNotFound(NotFound):
    """There is no case with this number."""


class TaskNotFound(NotFound):
    """There is no such task."""


class NotificationNotFound(NotFound):
    """There is no such notification."""


class CaseworkerNotFound(NotFound):
    """There is no such caseworker."""


class DiagramNotFound(NotFound):
    """There is no process with this key and version."""


class PageNotFound(NotFound):
    """The list has no page that begins there."""


class UnknownEvent(NotFound):
    """The case-event catalogue has no event with this name."""


class TaskAlreadyClaimed(Conflict):
    """Another caseworker has claimed the task."""

    def __init__(self, claimed_by: str) -> None:
        super().__init__(f"The task is claimed by {claimed_by}.")
        self.claimed_by = claimed_by


class TaskAlreadyFinished(Conflict):
    """The task was completed or withdrawn before this request came in."""


class TaskNotClaimed(Conflict):
    """The task must be claimed by the person who works on it."""


class CaseChangedMeanwhile(Conflict):
    """Somebody else changed the case at the same moment; nothing was saved."""


class CaseClosed(Conflict):
    """The case is closed, and what is to be recorded needs somebody to act on it."""


class NoticeAlreadyRegistered(Conflict):
    """The same notice is already registered."""

    def __init__(self, notice_id: int) -> None:
        super().__init__(f"The notice is already registered as notice {notice_id}.")
        self.notice_id = notice_id


class GateClosed(Conflict):
    """A legal gate blocks the step; the answer says why and what opens it."""

    def __init__(self, gate: str, why: str, way_out: str) -> None:
        super().__init__(f"{gate}: {why} {way_out}")
        self.gate = gate
        self.why = why
        self.way_out = way_out


class NotOfThisUnit(NotAllowed):
    """The task belongs to a unit that the person is not a member of."""


class NotSignedIn(NotAllowed):
    """Nobody is signed in, or the name and password do not match."""


class AnswersRefused(Invalid):
    """A form was filled in wrongly; `problems` says what is wrong with which field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {what}" for field, what in problems.items()))
        self.problems = problems


class DiagramRefused(Invalid):
    """A diagram cannot be used; the message lists what is wrong with it."""


class ExpressionRefused(Invalid):
    """An expression in a diagram is not of the small language that diagrams may use."""


class DatabaseNotReady(Refusal):
    """The database has no tables, or tables of another version."""


class SettingRefused(Invalid):
    """An environment variable has a value that cannot be used."""
