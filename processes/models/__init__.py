"""The tables: what the database remembers about cases, people, processes and time."""

from processes.models.base import Base
from processes.models.cases import Case, Dwelling, Landlord, Person
from processes.models.consents import Consent, ContactAttempt, Disclosure
from processes.models.diagrams import DiagramVersion
from processes.models.events import Event, JournalEntry, KeptMessage, Notification
from processes.models.letters import Letter
from processes.models.notices import Deadline, Notice
from processes.models.organisation import Administration, Caseworker, Membership
from processes.models.steps import ProcessInstance, Subscription, Task, Timer

__all__ = [
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
    "Event",
    "JournalEntry",
    "KeptMessage",
    "Landlord",
    "Letter",
    "Membership",
    "Notice",
    "Notification",
    "Person",
    "ProcessInstance",
    "Subscription",
    "Task",
    "Timer",
]
