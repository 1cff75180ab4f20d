"""The tables: what the database remembers about cases, people, processes and time."""

from processes.models.access import Absence, EmergencyAccess, Recusal
from processes.models.api_keys import AnsweredRequest, ApiKey, Submission
from processes.models.base import Base
from processes.models.calendars import Booking, CalendarFeed, ToldDate
from processes.models.cases import Case, Dwelling, Landlord, Person
from processes.models.consents import Consent, ContactAttempt, Disclosure
from processes.models.counts import Counting, MonthFigure, StepCount, WorkloadCount
from processes.models.diagrams import DiagramVersion
from processes.models.drafts import Draft
from processes.models.events import Event, JournalEntry, KeptMessage, Notification
from processes.models.examinations import ExaminedFiles, PlayedScenario
from processes.models.findings import Finding, FindingRound, FindingSilence
from processes.models.imports import ImportBatch
from processes.models.jobs import JobFailure, JobRun
from processes.models.letters import Letter
from processes.models.mail import Mail, MailChoice
from processes.models.notices import Deadline, Notice
from processes.models.organisation import Administration, Caseworker, Membership
from processes.models.read_log import LogChain, LogCheck, ReadEntry, ReadReview, ReadSample
from processes.models.releases import DraftFile, DraftSave, ProcessDraft, Release, ReleasedVersion
from processes.models.reminders import Reminder
from processes.models.retention import (
    CorrectionNote,
    DestructionEntry,
    DestructionProposal,
    LegalHold,
    RetentionDecision,
)
from processes.models.saved_filters import SavedFilter
from processes.models.sign_in import (
    ProviderIdentity,
    RefusedSignIn,
    SecondFactor,
    SignInBrake,
    SignInSession,
)
from processes.models.simulated_time import SimulatedTime
from processes.models.steps import ProcessInstance, Subscription, Task, Timer

__all__ = [
    "Absence",
    "Administration",
    "AnsweredRequest",
    "ApiKey",
    "Base",
    "Booking",
    "CalendarFeed",
    "Case",
    "Caseworker",
    "Consent",
    "ContactAttempt",
    "CorrectionNote",
    "Counting",
    "Deadline",
    "DestructionEntry",
    "DestructionProposal",
    "DiagramVersion",
    "Disclosure",
    "Draft",
    "DraftFile",
    "DraftSave",
    "Dwelling",
    "EmergencyAccess",
    "Event",
    "ExaminedFiles",
    "Finding",
    "FindingRound",
    "FindingSilence",
    "ImportBatch",
    "JobFailure",
    "JobRun",
    "JournalEntry",
    "KeptMessage",
    "Landlord",
    "LegalHold",
    "Letter",
    "LogChain",
    "LogCheck",
    "Mail",
    "MailChoice",
    "Membership",
    "MonthFigure",
    "Notice",
    "Notification",
    "Person",
    "PlayedScenario",
    "ProcessDraft",
    "ProcessInstance",
    "ProviderIdentity",
    "ReadEntry",
    "ReadReview",
    "ReadSample",
    "Recusal",
    "RefusedSignIn",
    "Release",
    "ReleasedVersion",
    "Reminder",
    "RetentionDecision",
    "SavedFilter",
    "SecondFactor",
    "SignInBrake",
    "SignInSession",
    "SimulatedTime",
    "StepCount",
    "Submission",
    "Subscription",
    "Task",
    "Timer",
    "ToldDate",
    "WorkloadCount",
]
