"""The English of the pages, by the Swedish sentence."""

from __future__ import annotations

ENGLISH: dict[str, str] = {}
