"""The facts that a diagram may ask about a case: named yes/no questions, dates and words, each a pure function.

A condition such as `rent_is_recovered and not parents_talk_is_held` names facts; the check of a diagram refuses a name
that is neither a fact nor an answer from a form. Facts are read when they are asked for, never copied. Each module of
this package is one part of the work; importing the package fills the list.
"""

from __future__ import annotations

import importlib
import pkgutil

from processes.rules.facts.registry import FACTS, Fact, FactFunction, FactValue, fact, instant_text

__all__ = ["FACTS", "Fact", "FactFunction", "FactValue", "fact", "instant_text"]

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
