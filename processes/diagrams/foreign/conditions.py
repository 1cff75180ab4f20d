"""Rewrites a condition from the languages of other tools into ours, only where it means exactly the same."""

from __future__ import annotations

import re
from typing import Final

from processes.engine.expressions import compile_expression
from processes.errors import ExpressionRefused

_EL: Final = re.compile(r"[$#]\{(.*)\}", re.DOTALL)
_TEXT: Final = re.compile(r"""("[^"\\\n]*"|'[^'\\\n]*')""")
_EL_WORDS: Final = (
    # Only before a single name: ”!a == b” would be read otherwise here.
    (re.compile(r"!\s*(\w+)(?=\s*(?:\)|&&|\|\||$))"), r" not \1 "),
    (re.compile(r"&&"), " and "),
    (re.compile(r"\|\|"), " or "),
    (re.compile(r"\beq\b"), "=="),
    (re.compile(r"\bne\b"), "!="),
    (re.compile(r"\bgt\b"), ">"),
    (re.compile(r"\blt\b"), "<"),
    (re.compile(r"\bge\b"), ">="),
    (re.compile(r"\ble\b"), "<="),
)
# In FEEL a name may have a hyphen in it, so that a minus cannot be told from a part of a name.
_FEEL_WORDS: Final = ((re.compile(r"(?<![=<>!])=(?!=)"), "=="),)
_BOTH: Final = (
    (re.compile(r"\btrue\b"), "True"),
    (re.compile(r"\bfalse\b"), "False"),
    (re.compile(r"\bnull\b"), "None"),
)


def our_condition(text: str) -> str | None:
    """The condition in our language; None where it cannot be said in it, or is in it already."""
    el = _EL.fullmatch(text)
    if el is not None and "{" not in el[1]:
        return _usable(_outside_texts(el[1], _EL_WORDS + _BOTH))
    if text.startswith("=") and not text.startswith("==") and "-" not in _TEXT.sub("", text):
        return _usable(_outside_texts(text[1:], _FEEL_WORDS + _BOTH))
    return None


def _outside_texts(text: str, words: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    """The text with the words exchanged, except inside quotation marks."""
    parts = _TEXT.split(text)
    for place in range(0, len(parts), 2):
        for pattern, ours in words:
            parts[place] = pattern.sub(ours, parts[place])
    joined = "".join(parts)
    return " ".join(joined.split()) if not _TEXT.search(joined) else joined.strip()


def _usable(text: str) -> str | None:
    try:
        compile_expression(text)
    except ExpressionRefused:
        return None
    return text
