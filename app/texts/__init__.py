"""The words of the pages: written in Swedish where they stand, with a dictionary for who prefers another language.

Forms, diagrams and what the law says stay Swedish: they are the authority's own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from app.texts.english import ENGLISH
from app.web import is_call, local_path

LANGUAGES = {"sv": "Svenska", "en": "English"}
"""The languages of the pages, and what each calls itself; Swedish stands first, since the pages are written in it."""
DICTIONARIES: dict[str, dict[str, str]] = {"sv": {}, "en": ENGLISH}
"""What each Swedish sentence is called in a language; one that is missing stays Swedish."""
FIRST = "sv"
pages = Blueprint("texts", __name__)


def language() -> str:
    """The language that the reader has chosen, or that a calling system asks for; Swedish until then.

    What leaves the house is Swedish.
    """
    known = g.get("language")  # every word of a page asks
    if known is None:
        known = g.language = _chosen_language()
    return str(known)


def _chosen_language() -> str:
    if is_call():
        return request.accept_languages.best_match(LANGUAGES, FIRST)
    chosen = session.get("language")
    return chosen if chosen in LANGUAGES else FIRST


@contextmanager
def in_swedish() -> Iterator[None]:
    """Write in Swedish inside, whatever the reader has chosen: a document is the authority's own words."""
    chosen, g.language = language(), FIRST
    try:
        yield
    finally:
        g.language = chosen


def t(swedish: str, **values: object) -> str:
    """The sentence in the reader's language, with the values in their places."""
    sentence = DICTIONARIES[language()].get(swedish, swedish)
    return sentence.format(**values) if values else sentence


@pages.post("/sprak")
def choose() -> Response:
    """Choose a language and come back to the same page."""
    if request.form.get("sprak") in LANGUAGES:
        session["language"] = g.language = request.form["sprak"]
    return redirect(local_path(request.form.get("vidare"), url_for("inbox.show")))
