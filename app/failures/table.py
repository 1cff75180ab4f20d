"""One table from refusal to HTTP status and sentence, put together from the areas."""

from __future__ import annotations

from app.failures import cases, every_area, people, supervision, systems, tasks, workshop
from app.failures.told import Told
from app.texts import t

TABLE: dict[type[Exception], Told] = {
    **cases.TOLD,
    **tasks.TOLD,
    **people.TOLD,
    **systems.TOLD,
    **workshop.TOLD,
    **supervision.TOLD,
    **every_area.TOLD,
}
"""The nearest class in a refusal's family decides."""


def told_about(refusal: Exception) -> Told:
    """What to answer; StopIteration for something that is not a refusal."""
    return TABLE[next(family for family in type(refusal).__mro__ if family in TABLE)]


def sentence_about(refusal: Exception) -> str:
    """The sentence with the refusal's own facts in it, in the reader's language."""
    told = told_about(refusal)
    return t(
        told.sentence,
        **{name: value for name, value in vars(refusal).items() if isinstance(value, str | int)},
    )
