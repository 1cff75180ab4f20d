"""The tables: what the database remembers about cases, people, processes and time."""

from processes.models.access import Absence, EmergencyAccess, Recusal
from processes.models.base import Base
from processes.models.cases import Case, Dwelling, Landlord, Person
from processes.models.consents import Consent, ContactAttempt, Disclosure
from processes.models.diagrams import DiagramVersion
from processes.models.events import Event, JournalEntry, KeptMessage, Notification
from processes.models.letters import Letter
from processes.models.notices import Deadline, Notice
from processes.models.organisation import Administration, Caseworker, Membership
from processes.models.read_log import LogChain, ReadEntry, ReadReview, ReadSample
from processes.models.sign_in import ProviderIdentity, SecondFactor, SignInBrake, SignInSession
from processes.models.steps import ProcessInstance, Subscription, Task, Timer

__all__ = [
    "Absence",
    "Administration",
    "Base",
    "Case",
    "Caseworker",
    "Consent",
    "ContactAttempt",
    "Deadline",
    "DiagramVersion",
    "Disclosure",
    "Dwelling",
    "EmergencyAccess",
    "Event",
    "JournalEntry",
    "KeptMessage",
    "Landlord",
    "Letter",
    "LogChain",
    "Membership",
    "Notice",
    "Notification",
    "Person",
    "ProcessInstance",
    "ProviderIdentity",
    "ReadEntry",
    "ReadReview",
    "ReadSample",
    "Recusal",
    "SecondFactor",
    "SignInBrake",
    "SignInSession",
    "Subscription",
    "Task",
    "Timer",
]
