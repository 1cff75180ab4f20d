"""Where the next page of a list begins, when the list is in the order of its rows' numbers."""

from __future__ import annotations

from processes.errors import PageNotFound

LARGEST = 2**63 - 1


def row_number(after: str) -> int:
    """The number of the row after which the page begins. Raises PageNotFound for what no page of ours has written."""
    if not (after.isascii() and after.isdecimal() and len(after) < 20 and int(after) <= LARGEST):
        raise PageNotFound(after)
    return int(after)
