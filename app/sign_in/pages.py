"""The area that the pages for signing in and for one's own account belong to."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("sign_in", __name__)
