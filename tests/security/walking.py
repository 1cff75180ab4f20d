"""Finds every address of the pages, also of those that are built later, with values that a browser could put in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from sqlalchemy import select

from app import __file__ as package
from processes.models import Base, Case, Task
from processes.rules.events import EVENTS
from processes.rules.notice_kinds import NOTICE_KINDS
from tests.app.conftest import Site

FILTER = re.compile(r"""request\.(?:args|values)\.(?:get|getlist)\(\s*["'](\w+)["']""")
PART = re.compile(r"<(?:(\w+):)?(\w+)>")


def filters() -> list[str]:
    """The names of every filter that some page reads from its address."""
    texts = [file.read_text() for file in Path(package).parent.rglob("*.py")]
    return sorted({name for text in texts for name in FILTER.findall(text)})


def addresses(site: Site) -> list[tuple[str, str]]:
    """Endpoint and path of every page that can be looked at, for each case and task and some events and kinds."""
    return [
        (rule.endpoint, path)
        for rule in site.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint != "static"
        for path in _filled_in(site, rule.rule)
    ]


def _filled_in(site: Site, rule: str) -> Iterator[str]:
    pieces = PART.split(rule)  # text, kind, name, text, kind, name, text ...
    choices = [_values(site, kind, name) for kind, name in zip(pieces[1::3], pieces[2::3], strict=True)]
    for values in product(*choices):
        yield "".join(text + value for text, value in zip(pieces[::3], (*values, ""), strict=True))


def _values(site: Site, kind: str, name: str) -> list[str]:
    if kind in ("id", "int"):
        tables: dict[str, type[Base]] = {"case_id": Case, "task_id": Task}
        return _ids(site, tables[name]) if name in tables else ["1"]
    known = {
        "kind": list(NOTICE_KINDS)[:2],
        "key": ["underrattelse"],
        "part": ["underrattelse"],
        "name": [one.name for one in EVENTS.values() if one.by_hand][:4],
    }
    return known.get(name, ["finns-inte"])


def _ids(site: Site, table: type[Base]) -> list[str]:
    with site.runtime.reading() as work:
        return [str(found) for found in work.session.scalars(select(table.__table__.c.id))]
