"""The command that walks the logs' chains and says whether somebody has tampered with them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

import click
from sqlalchemy.orm import Session

from processes.migrations import must_be_migrated
from processes.queries.log_chains import (
    ends_of_chains,
    find_hash,
    flaws_in_destruction_journals,
    flaws_in_journals,
    flaws_in_read_logs,
)
from processes.rules.log_chain import Flaw
from processes.runtime import Runtime
from processes.settings import Settings

Anchor = tuple[str, int, str]


@click.group()
def log() -> None:
    """The read log and the journals: who has read and changed what."""


class _AnchorType(click.ParamType[Anchor]):
    name = "CHAIN:ROW:FINGERPRINT"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Anchor:
        """`reads:hisingen:17:ab12...` as chain, row and fingerprint."""
        chain, _, rest = str(value).rpartition(":")
        chain, _, number = chain.rpartition(":")
        if not chain or not number.isdecimal() or not rest:
            self.fail(f"{value!r} is not {self.name}", param, ctx)
        return chain, int(number), rest


@log.command()
@click.option("--anchor", "anchors", multiple=True, type=_AnchorType())
def verify(anchors: Sequence[Anchor]) -> None:
    """Walk every chain; say where a row was changed, removed or slipped in. Status 1 when one was.

    The last lines say how each administration's log ends. Keep such a line outside the database: given as --anchor it
    shows later that not even the whole chain was made anew.
    """
    runtime = Runtime.open(Settings.from_environment(os.environ))
    try:
        must_be_migrated(runtime.engine)
        with runtime.at_one_instant() as work:
            count = 0
            for flaw in _flaws(work.session, anchors):
                click.echo(f"WRONG   {flaw}")
                count += 1
            _tell_ends(work.session)
    finally:
        runtime.close()
    sys.exit(1 if count else 0)


def _flaws(session: Session, anchors: Sequence[Anchor]) -> Iterator[Flaw]:
    yield from flaws_in_read_logs(session)
    yield from flaws_in_journals(session)
    yield from flaws_in_destruction_journals(session)
    for chain, number, expected in anchors:
        if find_hash(session, chain, number) != expected:
            yield Flaw(chain, number, "is not the row that was anchored: the chain was made anew")


def _tell_ends(session: Session) -> None:
    chains = ends_of_chains(session)
    journals = [chain for name, chain in chains.items() if name.startswith("journal:")]
    released = sum(chain.released_at is not None for chain in journals)
    lines = sum(chain.length for chain in journals)
    click.echo(f"journals: {len(journals)} with {lines} rows, {released} given free to be destroyed")
    for name, chain in sorted(chains.items()):
        if name.startswith(("reads:", "destroyed:")):
            click.echo(f"{name}:{chain.length}:{chain.hash}")
