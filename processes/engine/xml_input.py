"""Reads a diagram file from anybody without trusting it: no document types, no entities, no network, bounded size."""

from __future__ import annotations

from typing import Any, Final

from lxml import etree

LARGEST_FILE: Final = 2_000_000
"""Bytes in one BPMN or DMN file."""
DEEPEST: Final = 60
"""Levels of elements inside each other."""
MOST_ELEMENTS: Final = 20_000
MOST_TAGS: Final = 3 * MOST_ELEMENTS
"""Signs that begin a tag or a comment: counted first, since reading hundreds of thousands takes long."""
MOST_ATTRIBUTES: Final = 100
"""On one element, its namespaces included."""
LONGEST_ATTRIBUTE: Final = 10_000
"""Characters in the value of one attribute."""

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPIFF: Final = "http://spiffworkflow.org/bpmn/schema/1.0/core"


class FileRefused(Exception):
    """The file cannot be read; the message is a Swedish sentence for the person who uploaded it."""


def read_xml(content: bytes) -> Any:
    """The root element, without comments and processing instructions; raises FileRefused."""
    if len(content) > LARGEST_FILE:
        raise FileRefused(f"Filen är större än {LARGEST_FILE // 1_000_000} MB.")
    if not content.strip():
        raise FileRefused("Filen är tom.")
    if content.count(b"<") > MOST_TAGS:
        raise FileRefused("Filen har för många eller för djupt nästlade element.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, RecursionError) as error:
        raise FileRefused(_where(error)) from error
    document: Any = root.getroottree().docinfo
    if document.doctype or document.internalDTD is not None:
        raise FileRefused("Filen har en dokumenttyp (DOCTYPE), vilket inte är tillåtet.")
    _check_size(root)
    return root


def local_name(element: Any) -> str:
    """The element's name without its namespace."""
    return str(etree.QName(element).localname)


def namespace(element: Any) -> str | None:
    """The element's namespace, or None."""
    found: Any = etree.QName(element).namespace
    return None if found is None else str(found)


def _where(error: Exception) -> str:
    line = getattr(error, "lineno", None)
    return "Filen är inte läsbar XML." if not line else f"Filen är inte läsbar XML (fel på rad {line})."


def _check_size(root: Any) -> None:
    elements = 0
    waiting: list[tuple[Any, int]] = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        if element.tag is etree.Entity:
            raise FileRefused("Filen innehåller entiteter, vilket inte är tillåtet.")
        elements += 1
        if depth > DEEPEST or elements > MOST_ELEMENTS:
            raise FileRefused("Filen har för många eller för djupt nästlade element.")
        if depth == 1 or element.attrib:
            _check_attributes(element)
        waiting.extend((child, depth + 1) for child in element)


def _check_attributes(element: Any) -> None:
    if len(element.attrib) + len(element.nsmap) > MOST_ATTRIBUTES:
        raise FileRefused("Ett element i filen har för många attribut.")
    if any(len(value) > LONGEST_ATTRIBUTE for value in element.attrib.values()):
        raise FileRefused("Ett attribut i filen är för långt.")
