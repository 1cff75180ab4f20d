"""Stub."""
from __future__ import annotations
from dataclasses import dataclass
from collections.abc import Mapping
from processes.engine.reading import Reading, read_files
@dataclass(frozen=True, slots=True)
class Refusal:
    """x"""
    element: str
    message: str
    file: str = ""
def refusals_of(reading: Reading) -> list[Refusal]:
    """x"""
    return []
def refusals_in(files: Mapping[str, bytes], key: str) -> list[Refusal]:
    """x"""
    return refusals_of(read_files(files, key))
