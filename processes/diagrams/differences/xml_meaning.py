"""Reduces XML to what it says: the order of attributes, blanks, prefixes and comments make no difference."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from processes.engine.xml_input import local_name, namespace


def meaning_of(element: Any) -> tuple[Any, ...]:
    """The element as a value that is equal for every way of writing it."""
    return (
        element.tag,
        tuple(sorted(element.attrib.items())),
        " ".join((element.text or "").split()),
        tuple(meaning_of(child) for child in element),
    )


def shown(element: Any) -> str:
    """The element as a person reads it: names and values, without brackets and namespaces."""
    values = [f"{_local(name)}={value}" for name, value in sorted(element.attrib.items())]
    text = " ".join((element.text or "").split())
    inside = [shown(child) for child in element]
    parts = [*values, *([text] if text else []), *inside]
    return f"{local_name(element)} ({', '.join(parts)})" if parts else local_name(element)


def _local(name: str) -> str:
    return name.rsplit("}", 1)[-1]


def without(
    element: Any, *, attributes: Iterable[str] = (), children: Iterable[tuple[str | None, str]] = ()
) -> Any:
    """A copy of the element without these attributes and without these children (namespace and local name)."""
    copy = deepcopy(element)
    copy.tail = None
    for name in attributes:
        copy.attrib.pop(name, None)
    gone = set(children)
    for child in list(copy):
        if (namespace(child), local_name(child)) in gone:
            copy.remove(child)
    return copy


def is_bare(element: Any) -> bool:
    """Whether nothing is left in the element."""
    return not element.attrib and not len(element) and not (element.text or "").strip()
