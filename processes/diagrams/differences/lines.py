"""Compares two texts line by line: letters, descriptions, and every file that cannot be read as anything else."""

from __future__ import annotations

from difflib import SequenceMatcher

from processes.diagrams.differences.parts import Difference, Kind

MOST_LINES = 4_000
"""Lines of a text that are compared one by one; a longer text has changed as a whole."""


def compare_lines(path: str, before: bytes, after: bytes) -> list[Difference]:
    """Each place where the texts part, with the lines of both; how the lines end makes no difference."""
    was, now = _lines(before), _lines(after)
    if was == now:
        return []
    if max(len(was), len(now)) > MOST_LINES:
        return [Difference(path, None, path, "changed", f"Filen {path} har ändrats.", sort="fil")]
    found = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    return [_difference(path, was[i:j], now[k:m], i, k) for tag, i, j, k, m in found if tag != "equal"]


def _lines(content: bytes) -> list[str]:
    lines = [line.rstrip() for line in content.decode(errors="replace").splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _difference(path: str, was: list[str], now: list[str], was_at: int, now_at: int) -> Difference:
    kind: Kind = "added" if not was else "removed" if not now else "changed"
    place = _numbers(now_at, len(now)) if now else _numbers(was_at, len(was))
    verb = {"added": "har lagts till", "removed": "har tagits bort"}.get(kind, "har ändrats")
    return Difference(
        path=path,
        element=f"rad-{(now_at if now else was_at) + 1}",
        element_name=place,
        kind=kind,
        what=f"{place[:1].upper()}{place[1:]} {verb}.",
        before="\n".join(was),
        after="\n".join(now),
        sort="text",
    )


def _numbers(at: int, length: int) -> str:
    first = at + 1
    return f"rad {first}" if length <= 1 else f"raderna {first}–{first + length - 1}"
