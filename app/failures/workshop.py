"""What a process owner is told about diagrams, proposals and releases."""

from __future__ import annotations

from app.failures.told import Told
from processes import errors

TOLD: dict[type[Exception], Told] = {
    errors.DiagramNotFound: Told(
        404, "Processen finns inte", "Det finns ingen publicerad process med det namnet."
    ),
}
