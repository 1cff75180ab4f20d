"""Stub, replaced below."""
from __future__ import annotations
from dataclasses import dataclass
from collections.abc import Callable, Mapping
from processes.engine.operators import Value

class DecisionFailed(Exception):
    """x"""

@dataclass(frozen=True)
class DecisionTable:
    key: str
    def decide(self, lookup: Callable[[str], Value]) -> Mapping[str, Value]:
        return {}
    @property
    def names(self) -> frozenset[str]:
        return frozenset()
def read_table(content: bytes) -> DecisionTable:
    raise NotImplementedError
