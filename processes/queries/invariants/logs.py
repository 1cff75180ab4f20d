"""Walks the chains of the logs, a few cases or one administration at a time, against the ends that are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, func, literal, select
from sqlalchemy.orm import Session

from processes.models import Case, DestructionEntry, JournalEntry, LogChain
from processes.queries.invariants.whole_case import WholeCase
from processes.queries.log_chains import journal_chain
from processes.rules.invariants import Breach
from processes.rules.log_chain import End, Link, flaws_in


def breaches(whole: WholeCase) -> Iterator[Breach]:
    """What is wrong with the chain of the case's journal."""
    name = journal_chain(whole.case.id)
    chain = whole.batch.chains.get(name)
    lines = sorted(whole.every(JournalEntry), key=lambda line: (line.number, line.id))
    links = (Link(line.number, line.content, line.hash) for line in lines)
    for flaw in flaws_in(name, links, End(chain.length, chain.hash) if chain else End()):
        yield whole.breach("chain_is_whole", None, f"{flaw.chain}, row {flaw.number}: {flaw.said}")
    if chain is not None and chain.released_at is not None:
        yield whole.breach("chain_is_whole", None, f"{name} was given free, and its case is still there")


def ownerless(session: Session) -> Iterator[Breach]:
    """Chains of journals whose case is gone without a word of why."""
    number = func.substr(LogChain.name, len("journal:") + 1)
    of_case = exists().where(_named(Case.id) == LogChain.name)
    destroyed = exists().where(_named(DestructionEntry.case_id) == LogChain.name)
    gone = select(number).where(LogChain.name.startswith("journal:"), ~of_case, ~destroyed)
    for case_id in session.scalars(gone.execution_options(yield_per=500)):
        said = f"the journal of case {case_id} is known to the chains, and the case is gone"
        yield Breach("chain_is_whole", "", f"log_chains journal:{case_id}", said)


def _named(case_id: Any) -> ColumnElement[str]:
    return literal("journal:") + cast(case_id, String)
