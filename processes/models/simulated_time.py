"""How far a demo's clock stands ahead of the computer's; the row is also the mark that the database is a demo."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from processes.models.base import Base, BigId

THE_ROW = 1


class SimulatedTime(Base):
    """The clock of a demo (sv. simulerad tid): one row, written only when an empty database is filled with a demo."""

    __tablename__ = "simulated_time"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, default=THE_ROW)
    marked_at: Mapped[datetime]
    """When the database was filled."""
    seconds_ahead: Mapped[int] = mapped_column(BigId, default=0)
    """What the clock shows beyond the computer's own."""
    moved_from: Mapped[datetime | None]
    """What it showed before it was last moved."""
    fired: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """The timers that fell due while it was last moved: case_id, step and due_at, the earliest first."""
