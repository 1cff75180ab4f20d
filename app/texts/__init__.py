"""The words of the pages: written in Swedish where they stand, with an English dictionary for who prefers that.

Forms, diagrams and what the law says stay Swedish: they are the authority's own words.
"""

from __future__ import annotations

from flask import Blueprint, redirect, request, session, url_for
from werkzeug.wrappers import Response

from app.texts.english import ENGLISH
from app.web import is_call, local_path

LANGUAGES = ("sv", "en")
pages = Blueprint("texts", __name__)


def language() -> str:
    """The language that the reader has chosen, or that a calling system asks for; Swedish until then."""
    if is_call():
        return request.accept_languages.best_match(LANGUAGES, LANGUAGES[0])
    chosen = session.get("language")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def t(swedish: str, **values: object) -> str:
    """The sentence in the reader's language, with the values in their places."""
    sentence = ENGLISH.get(swedish, swedish) if language() == "en" else swedish
    return sentence.format(**values) if values else sentence


@pages.post("/sprak")
def choose() -> Response:
    """Choose Swedish or English and come back to the same page."""
    if request.form.get("sprak") in LANGUAGES:
        session["language"] = request.form["sprak"]
    return redirect(local_path(request.form.get("vidare"), url_for("inbox.show")))
