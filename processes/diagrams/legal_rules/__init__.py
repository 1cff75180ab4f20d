"""What the law and the handbook demand of every way through the processes, and the proof that the drawings obey.

`rules.py` and its neighbours are meant to be read by process owners and lawyers; `patterns.py` says what each form of
rule means, and `proving.py` tries it on every way.
"""

from processes.diagrams.legal_rules.proving import prove_rules
from processes.diagrams.legal_rules.rule import LegalRule
from processes.diagrams.legal_rules.rules import LEGAL_RULES

__all__ = ["LEGAL_RULES", "LegalRule", "prove_rules"]
