"""Whom a letter can go to and what may stand in it: the names that a diagram and its letter templates may use."""

from __future__ import annotations

import re
from dataclasses import dataclass

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

CHANNELS: dict[str, str] = {
    "post": "Brev",
    "registered_post": "Rekommenderat brev",
    "handed_over": "Lämnat personligen",
    "digital_mailbox": "Digital brevlåda",
    "intermediary": "Skatteverkets förmedlingsuppdrag",
    "secure_message": "Säker digital kommunikation",
    "e_mail": "E-post",
    "fax": "Fax",
    "e_service": "E-tjänst",
}
"""How a letter can leave the house."""
_TO_PERSONS = ("post", "registered_post", "handed_over", "digital_mailbox")
_TO_PROTECTED = ("intermediary", "handed_over")
_TO_OUTSIDERS = {
    "kfm": ("secure_message", "e_mail", "post", "fax", "e_service"),
    "landlord": ("registered_post", "post", "handed_over", "e_mail"),
}


def channels_to(recipient_kind: str, via_intermediary: bool) -> dict[str, str]:  # noqa: FBT001 what a letter says
    """The ways that are open to this recipient; to somebody protected only those that need no address (E-30)."""
    to_person = _TO_PROTECTED if via_intermediary else _TO_PERSONS
    return {code: CHANNELS[code] for code in _TO_OUTSIDERS.get(recipient_kind, to_person)}


@dataclass(frozen=True, slots=True)
class ByHand:
    """A letter that a caseworker can write at any time: of which process, and to whom."""

    process_key: str
    recipient: str
    purpose: str = ""
    """To an outsider; then what it tells is asked for, and a consent must cover it."""
    asks_words: bool = False
    """The caseworker writes part of it."""


BY_HAND: dict[str, ByHand] = {
    "informationsbrev": ByHand("mottagning", "contract_holders"),
    "brev-om-hembesok": ByHand("hyresgastkontakt", "contract_holders"),
    "samtyckesblankett": ByHand("hyresgastkontakt", "adults"),
    "handlingsplan": ByHand("utredning-och-insatser", "contract_holders", asks_words=True),
    "rad-till-foraldrar": ByHand("foraldrasamtal", "adults"),
    "rad-om-nycklar": ByHand("stod-infor-avhysning", "contract_holders"),
    "information-till-hyresvard": ByHand(
        "hyresvardsinformation", "landlord", purpose="inform_of_measures", asks_words=True
    ),
}
"""By the key of the template."""

PLACEHOLDER = re.compile(r"\{\{ {0,3}([^{}\s]{0,60}) {0,3}\}\}")
PLACEHOLDERS = frozenset(
    {
        "mottagare", "adress", "arendenummer", "forvaltning", "handlaggare", "handlaggare_telefon", "datum",
        "bostadens_adress", "hyresvard", "kfm_malnummer", "avhysningsdatum", "avhysningstid", "inkom_datum",
        "egna_ord",
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
