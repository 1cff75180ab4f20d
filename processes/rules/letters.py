"""Whom a letter can go to and what may stand in it: the names that a diagram and its letter templates may use."""

from __future__ import annotations

import re

from processes.rules.consent import CONTENTS, PURPOSES

OUTSIDERS: dict[str, str] = {"kfm": "Kronofogden", "landlord": "Hyresvärden"}
"""Recipients who are told only what a consent or the law lets through, by their code in rules/consent.py."""
GROUPS: dict[str, frozenset[str]] = {
    "contract_holders": frozenset({"contract_holder", "co_tenant"}),
    "adults": frozenset({"contract_holder", "co_tenant", "partner", "adult_resident"}),
    "guardians_and_children_15": frozenset({"contract_holder", "co_tenant", "partner", "guardian_elsewhere"}),
}
"""Groups of persons by the roles that belong to them."""
DEFENDANTS = "defendants"
"""Those whom the notice says the eviction concerns; the contract holders when it names nobody."""
RECIPIENTS = OUTSIDERS.keys() | GROUPS.keys() | {DEFENDANTS}
LIVES_ELSEWHERE = frozenset({"guardian_elsewhere", "contact_child", "representative"})
"""Roles of persons who do not live in the dwelling: a letter to them is never addressed to it."""

LETTER_PURPOSES = PURPOSES.keys() | {"confirmation", "commitment"}
"""Why something is told: what a consent can be given for, and what the law has us tell (rules/gates/secrecy.py)."""
LETTER_CONTENTS = CONTENTS.keys()

PLACEHOLDER = re.compile(r"\{\{ {0,3}([^{}\s]{0,60}) {0,3}\}\}")
PLACEHOLDERS = frozenset(
    {
        "mottagare", "adress", "arendenummer", "forvaltning", "handlaggare", "handlaggare_telefon", "datum",
        "bostadens_adress", "hyresvard", "kfm_malnummer", "avhysningsdatum", "avhysningstid", "inkom_datum",
    }
)  # fmt: skip
"""What a template may name; each is replaced when the letter is written."""


_BRACES = re.compile(r".{0,20}[{}].{0,20}")


def unknown_placeholders(template: str) -> list[str]:
    """What stands between braces in the template and means nothing, in alphabetical order.

    A letter has no other braces than those around the name of a placeholder: whoever writes `{% if %}` or `{0}` hopes
    for something that letters do not do.
    """
    names = set(PLACEHOLDER.findall(template)) - PLACEHOLDERS
    return sorted(names | {found.strip() for found in _BRACES.findall(PLACEHOLDER.sub("", template))})
