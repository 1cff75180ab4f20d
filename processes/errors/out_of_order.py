"""Something that the system leans on is not ready."""

from __future__ import annotations

from processes.errors.kinds import Refusal


class ProviderSilent(Refusal):
    """The identity provider cannot be reached."""


class DatabaseNotReady(Refusal):
    """The database has no tables, or tables of another version."""
