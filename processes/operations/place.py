"""Where in the work a service task stands: its case, what its process is about, and the instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from processes.models import Case
from processes.rules.snapshot import Scope


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a step that the engine carries out by itself."""

    case: Case
    scope: Scope
    process_key: str
    at: datetime
    letters: dict[str, str]
    """The process's letter templates by key."""
