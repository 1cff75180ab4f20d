"""Writes the name of a part of the city in one way, so that statistics find the same district again."""

from __future__ import annotations


def district_name(typed: str | None) -> str:
    """`Hisings Backa` for ` hisings  backa`; empty when nothing was typed."""
    return " ".join((typed or "").split()).title()
