"""Signing in and out: with name and password, through the municipality, or in a demo as one of its people."""

from __future__ import annotations

from app.sign_in import account, entering, mail, one_time_codes, through_provider
from app.sign_in.pages import pages

__all__ = ["account", "entering", "mail", "one_time_codes", "pages", "through_provider"]
