"""The commands for those who keep the processes in files: check, compare, publish, and move them in and out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from app.commands.installation import transaction
from app.workshop_labels import WORKSHOP_LABELS
from processes.actions.draft_uploads import take_files
from processes.actions.file_releases import publish_files
from processes.actions.process_drafts import create_draft
from processes.diagrams.differences import differences
from processes.diagrams.examination import Examination, examine
from processes.diagrams.files import process_keys, read_folder
from processes.diagrams.names import known_names
from processes.diagrams.problems import errors
from processes.errors import AnswersRefused, DraftNotReady
from processes.operations import OPERATIONS
from processes.queries.people import get_caseworker_named
from processes.queries.process_drafts import files_of_draft, get_draft, published_files
from processes.queries.releases import files_of_release, get_release
from processes.rules.calendar import instant_on
from processes.scenarios.rehearsal import coverage_of, rehearse
from processes.settings import Settings

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
SIDE = "a folder, or `published`, `release:3` or `proposal:7` of this installation"


@click.group()
def diagrams() -> None:
    """Diagrams, forms, decision tables, letters and scenarios."""


@diagrams.command()
@click.argument("folder", required=False, type=FOLDER)
@click.option("--scenarios", is_flag=True, help="Play the scenarios too, which takes a while.")
def check(folder: Path | None, *, scenarios: bool) -> None:
    """Say what is wrong with the diagrams in FOLDER (KVARBOENDE_DIAGRAMS when none is given); status 1 for errors."""
    settings = Settings.from_environment(os.environ)
    files = read_folder(folder or settings.diagrams)
    found = _examined(files, settings, scenarios=scenarios)
    _tell(found)
    wrong = len(errors(list(found.problems)))
    click.echo(f"{len(process_keys(files))} processer, {wrong} fel, {len(found.problems) - wrong} varningar.")
    _tell_counts(found)
    stops = any(rule.status in {"broken", "unproven"} for rule in found.rules)
    sys.exit(1 if wrong or stops or not all(one.ok for one in found.scenarios) else 0)


@diagrams.command()
@click.argument("before")
@click.argument("after")
def diff(before: str, after: str) -> None:
    """Say in words what differs between BEFORE and AFTER: folders, or published, release:3, proposal:7."""
    found = differences(_side(before), _side(after))
    for one in found:
        click.echo(str(one))
    click.echo(f"{len(found)} skillnader." if found else "Ingen skillnad.")


@diagrams.command()
@click.argument("folder", type=FOLDER)
@click.option("--note", required=True, help="What is new and why; goes with the release.")
@click.option("--by", "proposed_by", required=True, help="The process owner who proposes it.")
@click.option("--approved-by", help="Another process owner, who has looked at it.")
@click.option(
    "--from",
    "takes_effect",
    type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    help="When new cases begin to use it, in Swedish time; at once when left out.",
)
@click.option("--reservation", default="", help="Why rules are followed that cannot be proven on every way.")
def publish(
    folder: Path,
    *,
    note: str,
    proposed_by: str,
    approved_by: str | None,
    takes_effect: datetime | None,
    reservation: str,
) -> None:
    """Publish everything in FOLDER as the next release, with the same checks as in the workshop."""
    files = read_folder(folder)
    found = _examined(files, Settings.from_environment(os.environ), scenarios=True)
    _tell(found)
    _tell_counts(found)
    with _told_in_swedish(), transaction() as work:
        release = publish_files(
            work,
            files,
            title=f"Från mappen {folder.resolve().name}"[:100],
            note=note,
            reservation=reservation,
            examination=found,
            proposed_by=get_caseworker_named(work.session, proposed_by),
            approved_by=get_caseworker_named(work.session, approved_by) if approved_by else None,
            takes_effect_at=instant_on(takes_effect.date(), takes_effect.time()) if takes_effect else None,
        )
        number, changed = release.number, [one.process_key for one in release.versions]
    click.echo(f"Utgåva {number} är publicerad. Ny version: {', '.join(changed) or 'ingen process'}.")


@diagrams.command("import")
@click.argument("folder", type=FOLDER)
@click.option("--by", "proposed_by", required=True, help="The process owner who begins the proposal.")
@click.option("--title", help="What the proposal is called.")
@click.option("--keep-missing", is_flag=True, help="Leave files alone that are not in FOLDER.")
def import_folder(folder: Path, *, proposed_by: str, title: str | None, keep_missing: bool) -> None:
    """Make a proposal in the workshop of what differs in FOLDER from what is published; publishes nothing."""
    files = read_folder(folder)
    with _told_in_swedish(), transaction() as work:
        person = get_caseworker_named(work.session, proposed_by)
        named = (title or f"Från mappen {folder.resolve().name}")[:100]
        draft = create_draft(work, title=named, purpose="", person=person)
        taken = take_files(
            work,
            draft_id=draft.id,
            files=files,
            seen_revision=0,
            missing="keep" if keep_missing else "remove_all",
            person=person,
        )
        number = draft.id
    click.echo(
        f"Förslag {number}: {len(taken.changed)} filer är ändrade, {len(taken.removed)} tas bort och "
        f"{taken.unchanged} var redan likadana."
    )


@diagrams.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--release", type=int, help="The number of a release.")
@click.option("--proposal", type=int, help="The number of a proposal.")
def export(folder: Path, *, release: int | None, proposal: int | None) -> None:
    """Write everything that is published, or a release or a proposal, into the new or empty FOLDER."""
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} är inte tom.")
    if release is not None and proposal is not None:
        raise click.UsageError("Choose a release or a proposal.")
    asked = (
        f"release:{release}"
        if release is not None
        else f"proposal:{proposal}"
        if proposal is not None
        else ""
    )
    files = _side(asked or "published")
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    click.echo(f"{len(files)} filer skrivna till {folder}.")


def _side(asked: str) -> Mapping[str, bytes]:
    """The files that were asked for."""
    kind, _, number = asked.partition(":")
    if asked == "published" or (kind in {"release", "proposal"} and number.isascii() and number.isdigit()):
        with transaction() as work:
            if kind == "release":
                return files_of_release(get_release(work, int(number)))
            return files_of_draft(work, get_draft(work, int(number))) if number else published_files(work)
    folder = Path(asked)
    if not folder.is_dir():
        raise click.ClickException(f"{asked} is neither {SIDE}.")
    return read_folder(folder)


def _examined(files: Mapping[str, bytes], settings: Settings, *, scenarios: bool) -> Examination:
    found = examine(files, known_names(OPERATIONS)) if process_keys(files) else Examination()
    if not scenarios or errors(list(found.problems)):
        return found
    played = list(rehearse(files, settings))
    return found.with_scenarios(tuple(one.result for one in played), coverage_of(files, played))


def _tell(found: Examination) -> None:
    """Everything that a person must or should look at, one line each."""
    for problem in found.problems:
        click.echo(("" if problem.level == "error" else "(varning) ") + str(problem))
    for rule in found.rules:
        if rule.status != "proven":
            where = rule.process + (f"#{rule.element}" if rule.element else "")
            click.echo(f"{where}: {rule.sentence} ({RULE_STATUS[rule.status]}) {rule.note}".rstrip())
    for scenario in found.scenarios:
        if not scenario.ok:
            click.echo(f"{scenario.file}: {scenario.name}\n{scenario.message}")


RULE_STATUS = {
    "broken": "följs inte på alla vägar",
    "approximate": "inte bevisad på alla vägar",
    "unproven": "gick inte att pröva",
}


def _tell_counts(found: Examination) -> None:
    if found.rules:
        proven = sum(rule.status == "proven" for rule in found.rules)
        click.echo(f"{proven} av {len(found.rules)} lagregler bevisade.")
    if found.scenarios:
        click.echo(f"{sum(one.ok for one in found.scenarios)} av {len(found.scenarios)} scenarier gick rätt.")


@contextmanager
def _told_in_swedish() -> Iterator[None]:
    """What stands in the way, in the words of the workshop."""
    try:
        yield
    except DraftNotReady as refused:
        told = "\n".join(WORKSHOP_LABELS["remains"][what] for what in refused.remains)
        raise click.ClickException(told) from refused
    except AnswersRefused as refused:
        raise click.ClickException("\n".join(refused.problems.values())) from refused
