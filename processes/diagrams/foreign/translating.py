"""Translates what can safely be translated in a diagram from another tool; everything that was done is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from processes.diagrams.foreign.reading import read_foreign
from processes.diagrams.foreign.translations import STEPS, Done, Sheet, key_of
from processes.diagrams.foreign.vendors import vendor_remarks
from processes.diagrams.foreign.walking import named
from processes.engine.xml_input import BPMN, local_name, namespace

_OTHERWISE: Final = "nytt-diagram"


@dataclass(frozen=True, slots=True)
class Translation:
    """A diagram as it can be laid into a proposal."""

    path: str
    files: Mapping[str, bytes]
    """The diagram, and the forms that stood inside it."""
    done: tuple[Done, ...]
    """What was changed, one sentence each; empty if the file is as it came."""
    left: tuple[Done, ...] = ()
    """What meant something in the tool that wrote the file and is not carried over."""


def translate(content: bytes, key: str, taken: frozenset[str] = frozenset()) -> Translation:
    """The diagram as that of the process `key`, with what it could be translated to. Raises FileRefused.

    `taken` are the ids of steps in all other diagrams.

    Nothing is guessed: a condition is rewritten only where it means the same, and a step that called code elsewhere is
    left for a person to choose.
    """
    root = read_foreign(content)
    known = named(root)
    left = tuple(
        Done(element, known.get(element or "", ""), sentence) for element, sentence, _ in vendor_remarks(root)
    )
    sheet = Sheet(root, key, taken)
    for step in STEPS:
        step(sheet)
    path = f"{key}/{key}.bpmn"
    if not sheet.done and _is_plain(content):
        return Translation(path, {path: content}, ())
    etree.cleanup_namespaces(root)
    written = bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    if not _is_plain(content):
        sheet.say(None, "Filens teckenkodning är ändrad till UTF-8.")
    return Translation(path, {path: written, **sheet.forms}, tuple(sheet.done), tuple(dict.fromkeys(left)))


def suggested_key(content: bytes, file_name: str) -> str:
    """What the process could be called: what its pool or file is called, in small letters. Raises FileRefused."""
    root: Any = read_foreign(content)
    processes = [child for child in root if namespace(child) == BPMN and local_name(child) == "process"]
    own = processes[0].get("id", "") if len(processes) == 1 else ""
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", own):
        return str(own)
    pools = [
        pool.get("name", "") for pool in root.iter(f"{{{BPMN}}}participant") if pool.get("processRef") == own
    ]
    names = [*pools, *(process.get("name", "") for process in processes), file_name.rsplit(".", 1)[0]]
    return next((key for name in names if (key := key_of(name, "-"))), _OTHERWISE)


def _is_plain(content: bytes) -> bool:
    """Is the file UTF-8 without a mark at its beginning, and does it say nothing else of itself?"""
    try:
        beginning = content.decode()[:200]
    except UnicodeDecodeError:
        return False
    named = re.search(r"""encoding\s*=\s*["']([\w-]+)["']""", beginning)
    return not beginning.startswith("\ufeff") and (
        named is None or named[1].lower() in {"utf-8", "utf8", "us-ascii"}
    )
