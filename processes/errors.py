"""Every way a request can be refused, named after the fact that stood in the way.

An action raises one of these and changes nothing. What a person reads, and which HTTP status it gives, is decided in
`app/`; the English text here is for logs, commands and developers.
"""

from __future__ import annotations

from datetime import date


class Refusal(Exception):
    """A request that cannot be carried out as things stand.

    What `str` gives stands in logs and names nobody that a case is about; `in_full` is for the person who asked.
    """

    @property
    def in_full(self) -> str:
        """Everything that there is to say, names of people among it."""
        return str(self)


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


class PersonNotFound(NotFound):
    """The case has no such person."""


class CaseworkerNotFound(NotFound):
    """There is no such caseworker."""


class AbsenceNotFound(NotFound):
    """There is no such absence."""


class FailureNotFound(NotFound):
    """There is no such failure; what failed may have succeeded by now."""


class EmergencyAccessNotFound(NotFound):
    """There is no such emergency access."""


class RecusalNotFound(NotFound):
    """Nobody has this conflict of interest in the case, or it has been taken back."""


class DiagramNotFound(NotFound):
    """There is no process with this key and version."""


class CalendarNotFound(NotFound):
    """There is no such calendar, or not any more."""


class ReadNotFound(NotFound):
    """The read log has no such row, or it is another administration's."""


class SampleNotFound(NotFound):
    """There is no such sample of the read log."""


class FilterNotFound(NotFound):
    """The person has saved no filter with this number."""


class PageNotFound(NotFound):
    """The list has no page that begins there."""


class KeyNotFound(NotFound):
    """There is no such key of a connected system."""


class SubmissionNotFound(NotFound):
    """Nothing was handed in under this reference by this system."""


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


class SecondPersonNeeded(NotAllowed):
    """Who proposed to destroy a case may not also be the one to approve it."""


class NotHandedOut(Conflict):
    """The file may not be handed out like this; `why` says it in Swedish."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class LetterNotFound(NotFound):
    """The case has no such letter."""


class LetterAlreadySent(Conflict):
    """Somebody has said already that the letter was sent."""


class LetterNotSent(Conflict):
    """The letter has not been sent, so that there is nothing to correct and nothing that can come back."""


class RecordNotFound(NotFound):
    """The case has no such record to correct."""


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


class PasswordRefused(Invalid):
    """The password may not be used; `why` says it in Swedish."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class ProviderRefused(NotAllowed):
    """What came from the identity provider is not a sign-in that can be trusted."""


class ProviderSilent(Refusal):
    """The identity provider cannot be reached."""


class NoAccess(NotAllowed):
    """The person is known to the identity provider, but nothing there gives access to Kvarboende."""


class UsernameTaken(Conflict):
    """Another account has this name to sign in with."""


class AnswersRefused(Invalid):
    """A form was filled in wrongly; `problems` says what is wrong with which field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(f"Wrongly filled in: {', '.join(problems)}.")
        self.problems = problems

    @property
    def in_full(self) -> str:
        """Field by field what is wrong."""
        return "; ".join(f"{field}: {what}" for field, what in self.problems.items())


class TokenUsedForAnother(Invalid):
    """The name of the request (Idempotency-Key) stands for another request already."""


class UploadRefused(Invalid):
    """A file that somebody sent cannot be taken; `why` says it in Swedish."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class DiagramRefused(Invalid):
    """A diagram cannot be used; the message lists what is wrong with it."""


class ExpressionRefused(Invalid):
    """An expression in a diagram is not of the small language that diagrams may use."""


class DatabaseNotReady(Refusal):
    """The database has no tables, or tables of another version."""


class SettingRefused(Invalid):
    """An environment variable has a value that cannot be used."""
