"""What a measurement gives: figures with their unit and, where there is one, the aim that they are held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the table, and the aim it is to meet: at most, or at least, so much."""

    measure: str
    """The letter of the measure that it belongs to."""
    what: str
    value: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def aim(self) -> str:
        """The aim in words; empty when there is none."""
        if self.at_most is not None:
            return f"≤ {shown(self.at_most)} {self.unit}".rstrip()
        if self.at_least is not None:
            return f"≥ {shown(self.at_least)} {self.unit}".rstrip()
        return ""

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is met; None when there is none."""
        if self.at_most is not None:
            return self.value <= self.at_most
        return self.value >= self.at_least if self.at_least is not None else None

    @property
    def verdict(self) -> str:
        """`met`, or by how much the aim is missed."""
        if self.is_met is None:
            return ""
        if self.is_met:
            return "met"
        if self.at_most is not None:
            return f"missed by {self.value / self.at_most - 1:.0%}"
        return f"missed by {1 - self.value / (self.at_least or 1):.0%}"

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "measure": self.measure,
            "what": self.what,
            "value": round(self.value, 4),
            "unit": self.unit,
            "aim": self.aim,
            "met": self.is_met,
        }


@dataclass(frozen=True, slots=True)
class Measured:
    """What one measure found: figures for the table, and everything else for the JSON."""

    figures: tuple[Figure, ...]
    details: dict[str, Any] = field(default_factory=dict)


class MeasureFailed(RuntimeError):
    """What was to be measured did not happen as it should; a figure would tell of something else."""


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest of the values that so many percent of them do not exceed. Raises ValueError when there are none."""
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100).__int__() - 1)]


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile, in milliseconds, and how many were measured."""
    return {
        "p50_ms": round(percentile(seconds, 50) * 1000, 3),
        "p95_ms": round(percentile(seconds, 95) * 1000, 3),
        "count": len(seconds),
    }


def shown(value: float) -> str:
    """The value with as many digits as one can use."""
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
