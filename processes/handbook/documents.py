"""The governing and supporting documents that the handbook points to: what each is for, and where it is needed.

Most of them live on the city's intranet, so their links are filled in by each municipality: a file of its own with the
same keys, `[<key>] link = "..."`, is laid over ours.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OURS = Path(__file__).parent / "documents.toml"


@dataclass(frozen=True, slots=True)
class Document:
    """A governing or supporting document (sv. styrande eller stödjande dokument)."""

    key: str
    title: str
    """Swedish, as the document calls itself."""
    purpose: str
    """What a caseworker uses it for, in Swedish."""
    is_governing: bool
    requirements: tuple[str, ...]
    steps: tuple[str, ...]
    """Ids of the steps beside which it is shown; empty = shown in the list of all documents only."""
    link: str
    """Where it opens; empty until the municipality has filled it in."""


def documents(links: Path | None = None) -> tuple[Document, ...]:
    """Every document, with the municipality's own links laid over ours if a file is given."""
    entries: dict[str, dict[str, Any]] = tomllib.loads(OURS.read_text(encoding="utf-8"))
    own: dict[str, dict[str, Any]] = {}
    if links is not None:
        own = tomllib.loads(links.read_text(encoding="utf-8"))
        unknown = sorted(set(own) - set(entries))
        if unknown:
            raise ValueError(f"{links}: there is no document called {', '.join(unknown)}")
    return tuple(
        Document(
            key=key,
            title=entry["title"],
            purpose=entry["purpose"],
            is_governing=entry["governing"],
            requirements=tuple(entry["requirements"]),
            steps=tuple(entry.get("steps", ())),
            link=own.get(key, {}).get("link", entry["link"]),
        )
        for key, entry in entries.items()
    )


def documents_for(step_id: str) -> tuple[Document, ...]:
    """The documents that are shown beside a step."""
    return tuple(document for document in documents() if step_id in document.steps)
