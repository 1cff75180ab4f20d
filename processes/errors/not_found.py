"""What was asked for is not there, or not the asker's to know of."""

from __future__ import annotations

from processes.errors.kinds import NotFound


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


class ImportNotFound(NotFound):
    """The person has sent no such file of notices, or has thrown it away."""


class UnknownEvent(NotFound):
    """The case-event catalogue has no event with this name."""


class LetterNotFound(NotFound):
    """The case has no such letter."""


class RecordNotFound(NotFound):
    """The case has no such record to correct."""
