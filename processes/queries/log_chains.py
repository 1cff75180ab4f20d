"""Finds the ends of the logs' chains, walks the chains, and says where somebody has tampered with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.models import Administration, DestructionEntry, JournalEntry, LogChain, ReadEntry
from processes.rules.log_chain import End, Flaw, Link, flaws_in

AT_ONCE = 1000
"""How many rows are held in memory while a chain is walked."""


def reads_chain(administration_key: str) -> str:
    """The name of the chain of an administration's read log."""
    return f"reads:{administration_key}"


def journal_chain(case_id: int) -> str:
    """The name of the chain of a case's journal."""
    return f"journal:{case_id}"


def destruction_chain(administration_key: str) -> str:
    """The name of the chain of an administration's destruction journal."""
    return f"destroyed:{administration_key}"


def find_chain_for_update(session: Session, name: str) -> LogChain | None:
    """The end of the chain, which nobody else can move until the transaction ends; None before its first row."""
    with session.no_autoflush:
        return session.scalars(
            select(LogChain)
            .where(LogChain.name == name)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).first()


def ends_of_chains(session: Session) -> dict[str, LogChain]:
    """Every chain by name."""
    return {chain.name: chain for chain in session.scalars(select(LogChain))}


def flaws_in_read_logs(session: Session) -> Iterator[Flaw]:
    """What is wrong with the administrations' read logs, in order."""
    yield from _flaws_by_administration(session, ReadEntry, reads_chain)


def flaws_in_journals(session: Session) -> Iterator[Flaw]:
    """What is wrong with the cases' journals, case by case; one that was given free and destroyed has no flaw."""
    ends = {name: end for name, end in ends_of_chains(session).items() if name.startswith("journal:")}
    rows = session.scalars(
        select(JournalEntry)
        .order_by(JournalEntry.case_id, JournalEntry.number, JournalEntry.id)
        .execution_options(yield_per=AT_ONCE)
    )
    for case_id, entries in groupby(rows, lambda entry: entry.case_id):
        name = journal_chain(case_id)
        yield from flaws_in(name, _links(entries), _end(ends.pop(name, None)))
    for name, end in ends.items():
        if end.released_at is None:
            yield from flaws_in(name, (), _end(end))


def flaws_in_destruction_journals(session: Session) -> Iterator[Flaw]:
    """What is wrong with the journals of what was destroyed; a case that is gone without a row there is a flaw too."""
    yield from _flaws_by_administration(session, DestructionEntry, destruction_chain)
    ends = ends_of_chains(session)
    told = {journal_chain(case_id) for case_id in session.scalars(select(DestructionEntry.case_id))}
    for name, end in sorted(ends.items()):
        if end.released_at is not None and name not in told:
            yield Flaw(name, 1, "was given free to be destroyed, and no destruction journal tells why")


def find_hash(session: Session, chain: str, number: int) -> str | None:
    """The fingerprint that this row of the chain carries, or None without such a row."""
    kind, _, key = chain.partition(":")
    if kind == "reads":
        row = select(ReadEntry.hash).where(ReadEntry.administration_key == key, ReadEntry.number == number)
    elif kind == "destroyed":
        row = select(DestructionEntry.hash).where(
            DestructionEntry.administration_key == key, DestructionEntry.number == number
        )
    else:
        case_id = int(key) if key.isdecimal() else 0
        row = select(JournalEntry.hash).where(JournalEntry.case_id == case_id, JournalEntry.number == number)
    return session.scalars(row).first()


def _flaws_by_administration(
    session: Session, log: type[ReadEntry | DestructionEntry], chain_of: Callable[[str], str]
) -> Iterator[Flaw]:
    ends = ends_of_chains(session)
    for key in session.scalars(select(Administration.key).order_by(Administration.key)).all():
        rows = session.scalars(
            select(log)
            .where(log.administration_key == key)
            .order_by(log.number, log.id)
            .execution_options(yield_per=AT_ONCE)
        )
        name = chain_of(key)
        yield from flaws_in(name, _links(rows), _end(ends.get(name)))


def _links(rows: Iterable[Any]) -> Iterator[Link]:
    return (Link(row.number, row.content, row.hash) for row in rows)


def _end(chain: LogChain | None) -> End:
    return End(chain.length, chain.hash) if chain else End()
