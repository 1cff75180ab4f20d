"""Shows a form again with what was typed, when the post that carried it could not be let through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import make_response, request
from werkzeug.wrappers import Response

Shower = Callable[..., Any]

_SHOWERS: dict[str, Shower] = {}


def shows_again(endpoint: str) -> Callable[[Shower], Shower]:
    """The function shows the page of `endpoint` with what was posted, and changes nothing.

    It gets the route's own values and `trouble`, the sentence that says why it is shown again.
    """

    def register(shower: Shower) -> Shower:
        _SHOWERS[endpoint] = shower
        return shower

    return register


def show_again(trouble: str) -> Response | None:
    """The page that the refused post came from, as it was filled in; nothing if it was not a form to fill in."""
    shower = _SHOWERS.get(request.endpoint or "")
    if shower is None:
        return None
    return make_response(shower(trouble=trouble, **(request.view_args or {})), 400)
