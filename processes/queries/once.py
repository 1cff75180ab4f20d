"""Lets a page ask the same question from several of its parts and be answered from the database only the first time."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

ANSWERS = "answers"


def once_a_page(
    question: Callable[Concatenate[Session, Asked], Answer],
) -> Callable[Concatenate[Session, Asked], Answer]:
    """A query whose answer is kept for as long as a transaction for looking only lasts: one page.

    Nothing is kept where anything may change, nor beyond the transaction, so that no answer is older than the page.
    Its arguments must be hashable, and whoever is given the answer must leave it as it is.
    """

    @wraps(question)
    def asked(session: Session, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        if not session.get_bind().get_execution_options().get("reading"):
            return question(session, *args, **kwargs)
        answers: dict[Any, Any] = session.info.setdefault(ANSWERS, {})
        key = (question, args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answers[key] = question(session, *args, **kwargs)
        found: Answer = answers[key]
        return found

    return asked
