"""Every deadline of the law and the handbook, D-01 to D-30, each a pure function with its source and its proof."""

from __future__ import annotations

from processes.rules.deadlines.of_case import deadlines_of
from processes.rules.deadlines.register import DEADLINES, Deadline

__all__ = ["DEADLINES", "Deadline", "deadlines_of"]
