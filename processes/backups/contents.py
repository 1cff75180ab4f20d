"""Says what is in a database in a few figures, so that a copy of it can be held against them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import column, func, inspect, select, table, text
from sqlalchemy.engine import Connection

VERSION_TABLE = "alembic_version"


@dataclass(frozen=True, slots=True)
class Contents:
    """The figures of a database at one instant."""

    version: str
    """Of the tables (processes/migrations/versions); empty for a database of something else."""
    rows: dict[str, int]
    """By table."""
    chains: str
    """A fingerprint of where every chain of the logs ends."""

    @classmethod
    def of(cls, connection: Connection) -> Self:
        """Count; everything is read in the connection's transaction."""
        tables = sorted(inspect(connection).get_table_names())
        rows = {
            name: connection.execute(select(func.count()).select_from(table(name))).scalar_one()
            for name in tables
        }
        version = ""
        if VERSION_TABLE in rows:
            version = (
                connection.execute(select(column("version_num")).select_from(table(VERSION_TABLE))).scalar()
                or ""
            )
        return cls(version, rows, _ends_of_chains(connection) if "log_chains" in rows else "")

    @classmethod
    def from_json(cls, told: Any) -> Self:
        """As it stands in a manifest. Raises KeyError, TypeError or ValueError for anything else."""
        rows = {str(name): int(number) for name, number in told["rows"].items()}
        return cls(str(told["version"]), rows, str(told["chains"]))

    def differences(self, other: Contents) -> list[str]:
        """What is otherwise in the other, one sentence each; nothing when they are the same."""
        found = [
            f"{name}: {self.rows.get(name, 0)} rows, not {other.rows.get(name, 0)}"
            for name in sorted(self.rows.keys() | other.rows.keys())
            if self.rows.get(name) != other.rows.get(name)
        ]
        if self.version != other.version:
            found.append(f"the tables have version {self.version or 'none'}, not {other.version or 'none'}")
        if self.chains != other.chains:
            found.append("the logs end elsewhere")
        return found


def _ends_of_chains(connection: Connection) -> str:
    rows = connection.execute(text("SELECT name, length, hash FROM log_chains")).all()
    ends = sorted(f"{row.name}:{row.length}:{row.hash}" for row in rows)
    return hashlib.sha256("\n".join(ends).encode()).hexdigest()
