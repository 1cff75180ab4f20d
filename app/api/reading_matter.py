"""Tells about the interface: the OpenAPI document for programs, and a page made from it for people."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, render_template

from app.api.document import REFUSALS, document
from app.api.operations import AREAS
from app.failures import TABLE
from app.problems import slug
from app.web import API, running_system
from processes.errors import (
    Conflict,
    Invalid,
    KeyRefused,
    NoNeedOfCase,
    NotFound,
    NotOfThisUnit,
    Recused,
    ScopeMissing,
)

MET_BY_SYSTEMS = (Conflict, Invalid, KeyRefused, NoNeedOfCase, NotFound, NotOfThisUnit, Recused, ScopeMissing)
"""The families of refusals that a call can meet; the others belong to signing in."""
pages = Blueprint("reading_matter", __name__, url_prefix=API)


@pages.get("/openapi.json")
def openapi() -> Response:
    """The interface as an OpenAPI 3.1 document, in the language that is asked for."""
    with running_system().reading() as work:
        return Response(json.dumps(document(work), ensure_ascii=False), mimetype="application/json")


@pages.get("/")
def show() -> str:
    """The same, to read."""
    with running_system().reading() as work:
        written = document(work)
    return render_template(
        "api/interface.html",
        areas=AREAS,
        operations=_by_area(written),
        refusals=REFUSALS,
        schemas=written["components"]["schemas"],
        problems=[
            (slug(kind.__name__), told)
            for kind, told in sorted(TABLE.items(), key=lambda one: (one[1].status, one[0].__name__))
            if issubclass(kind, MET_BY_SYSTEMS)
        ],
    )


def _by_area(written: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Every operation with its method and address, under its heading."""
    found: dict[str, list[dict[str, Any]]] = {area: [] for area in AREAS}
    for path, methods in written["paths"].items():
        for method, operation in methods.items():
            found[operation["tags"][0]].append({"method": method.upper(), "path": path, **operation})
    return found
