r"""Which patterns a form may ask a text to follow: simple ones, so that no text can keep the system busy matching.

A pattern is signs and classes of signs (`[0-9]`, `\d`, `.`), each with how often it comes (`?`, `+`, `*`, `{2}`,
`{1,3}`). There are no groups, no alternatives and no anchors: the whole text must follow the pattern. How many parts
may vary in length is bounded, since each of them multiplies the ways in which a text can almost fit.
"""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 200
"""Characters in a pattern."""
MOST_OPEN_ENDED: Final = 1
"""Parts with `*` or `+`."""
MOST_VARYING: Final = 3
"""Parts with `?` or `{1,3}`."""
LONGEST_REPEAT: Final = 200
"""The largest number alone between braces."""
WIDEST_RANGE: Final = 20
"""The largest number after a comma between braces."""

_PART: Final = re.compile(
    r"""(?P<sign>\[\^?(?:\\[\\\]\[^wds-]|[^\[\]\\])+\]|\\[dws.+*?(){}|^$\\/\[\]-]|[^\\\[\](){}|^$*+?])
        (?P<often>[*+?]|\{(?P<least>\d{1,3})(?:,(?P<most>\d{1,3}))?\})?""",
    re.VERBOSE,
)


def is_simple(pattern: str) -> bool:
    """Whether the pattern is of the small language that is always quick to match."""
    if len(pattern) > LONGEST:
        return False
    at = open_ended = varying = 0
    while at < len(pattern):
        part = _PART.match(pattern, at)
        if part is None or int(part["least"] or 0) > LONGEST_REPEAT or int(part["most"] or 0) > WIDEST_RANGE:
            return False
        at = part.end()
        open_ended += part["often"] in ("*", "+")
        varying += part["often"] == "?" or part["most"] is not None
    return open_ended <= MOST_OPEN_ENDED and varying <= MOST_VARYING and _compiles(pattern)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
