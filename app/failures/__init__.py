"""What a person is told when something cannot be done: one table from refusal to HTTP status and sentence."""

from app.failures.answering import register
from app.failures.table import TABLE, sentence_about, told_about
from app.failures.told import Told
from app.failures.trouble import BY_STATUS, CSRF_TOLD, TO_SYSTEMS

__all__ = [
    "BY_STATUS",
    "CSRF_TOLD",
    "TABLE",
    "TO_SYSTEMS",
    "Told",
    "register",
    "sentence_about",
    "told_about",
]
