"""The table of all legal rules, in the order in which they are shown."""

from __future__ import annotations

from typing import Final

from processes.diagrams.legal_rules.children import CHILDREN
from processes.diagrams.legal_rules.enforcement import NOTICES, PRESENCE
from processes.diagrams.legal_rules.outcomes import OUTCOMES, RECOVERY
from processes.diagrams.legal_rules.rule import LegalRule
from processes.diagrams.legal_rules.secrecy import SECRECY
from processes.diagrams.legal_rules.visits import VISITS

LEGAL_RULES: Final[tuple[LegalRule, ...]] = (
    *NOTICES,
    *SECRECY,
    *CHILDREN,
    *VISITS,
    *RECOVERY,
    *OUTCOMES,
    *PRESENCE,
)
