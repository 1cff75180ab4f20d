"""`kvarboende diagrams diff|publish|import|export` do from files what the workshop does on its pages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from app.commands import diagrams as command
from processes.diagrams.examination import Examination
from processes.diagrams.files import read_folder
from processes.diagrams.legal_rules.result import RuleResult
from processes.diagrams.problems import Problem
from processes.queries.process_drafts import changed_paths, get_draft, newest_release, published_files
from processes.runtime import Runtime
from processes.settings import Settings
from tests.city import DIAGRAMS

NOTE = "Tydligare beskrivning av mottagningen."
README = "mottagning/README.md"


@pytest.fixture
def installation(sqlite_city: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of an installation with staff and published processes."""
    file = tmp_path / "kvarboende.db"
    shutil.copyfile(sqlite_city, file)
    return {"KVARBOENDE_DATABASE_URL": f"sqlite:///{file}", "KVARBOENDE_SECRET_KEY": "only-for-tests-" * 3}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The processes in files, with one of them described anew."""
    copy = tmp_path / "bpmn-diagrams"
    shutil.copytree(DIAGRAMS, copy)
    (copy / README).write_text("# Mottagning\n\nNy beskrivning.\n")
    return copy


@pytest.fixture
def all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checking takes seconds and has tests of its own."""
    monkeypatch.setattr(command, "examine", lambda _files, _names: Examination())
    monkeypatch.setattr(command, "rehearse", lambda _files, _settings: iter(()))


def run(environment: dict[str, str], *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["diagrams", *map(str, arguments)], env=environment)


def opened(environment: dict[str, str]) -> Runtime:
    return Runtime.open(Settings.from_environment(environment))


def test_what_differs_is_told_in_words(installation: dict[str, str], folder: Path) -> None:
    told = run(installation, "diff", "published", folder)
    assert told.exit_code == 0, told.output
    assert README in told.output
    assert run(installation, "diff", "release:1", "published").output == "Ingen skillnad.\n"
    assert run(installation, "diff", DIAGRAMS, "published").output == "Ingen skillnad.\n"


def test_what_is_no_folder_is_told_so(installation: dict[str, str]) -> None:
    told = run(installation, "diff", "published", "nowhere")
    assert told.exit_code == 1
    assert "nowhere is neither a folder" in told.output
    assert run(installation, "diff", "release:17", "published").exit_code == 1


@pytest.mark.usefixtures("all_is_well")
def test_a_folder_is_published_when_a_second_process_owner_approves(
    installation: dict[str, str], folder: Path
) -> None:
    alone = run(installation, "publish", folder, "--note", NOTE, "--by", "per")
    assert alone.exit_code == 1
    same = run(installation, "publish", folder, "--note", NOTE, "--by", "per", "--approved-by", "per")
    assert same.exit_code == 1
    told = run(installation, "publish", folder, "--note", NOTE, "--by", "per", "--approved-by", "petra")
    assert told.output.splitlines()[-1] == "Utgåva 2 är publicerad. Ny version: ingen process."
    runtime = opened(installation)
    with runtime.reading() as work:
        assert published_files(work) == read_folder(folder)
        newest = newest_release(work)
        assert newest is not None
        assert (newest.number, newest.note) == (2, NOTE)
    runtime.close()


@pytest.mark.usefixtures("all_is_well")
def test_publishing_what_is_published_says_that_nothing_is_changed(installation: dict[str, str]) -> None:
    told = run(installation, "publish", DIAGRAMS, "--note", NOTE, "--by", "per", "--approved-by", "petra")
    assert told.exit_code == 1
    assert "Ingenting är ändrat än." in told.output


@pytest.mark.usefixtures("all_is_well")
def test_a_release_from_the_command_can_take_effect_later(installation: dict[str, str], folder: Path) -> None:
    late = ("--from", "2026-01-01T08:00")
    told = run(
        installation, "publish", folder, "--note", NOTE, "--by", "per", "--approved-by", "petra", *late
    )
    assert told.exit_code == 1
    assert "inte har varit" in told.output


def test_what_the_checks_find_stops_a_publish_and_is_told(
    installation: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Examination(
        problems=(Problem(README, None, "Något är fel."),),
        rules=(RuleResult("r", "Regeln gäller.", "SoL", "broken", "mottagning", element="x"),),
    )
    monkeypatch.setattr(command, "examine", lambda _files, _names: wrong)
    told = run(installation, "publish", folder, "--note", NOTE, "--by", "per", "--approved-by", "petra")
    assert told.exit_code == 1
    assert f"{README}: Något är fel." in told.output
    assert "mottagning#x: Regeln gäller. (följs inte på alla vägar)" in told.output
    assert "0 av 1 lagregler bevisade." in told.output
    assert "Kontrollen hittade fel som måste rättas." in told.output


def test_a_folder_is_taken_in_as_a_proposal_and_written_out_again(
    installation: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    shutil.rmtree(folder / "akut-behov")
    told = run(installation, "import", folder, "--by", "per", "--title", "Ny text")
    assert told.output.startswith("Förslag 1: 1 filer är ändrade, ")
    runtime = opened(installation)
    with runtime.reading() as work:
        paths = changed_paths(work, get_draft(work, 1))
        assert README in paths
        assert "akut-behov/akut-behov.bpmn" in paths
    runtime.close()
    out = tmp_path / "out"
    assert run(installation, "export", out, "--proposal", "1").exit_code == 0
    assert read_folder(out) == read_folder(folder)
    assert "inte tom" in run(installation, "export", out).output
    published = tmp_path / "published"
    run(installation, "export", published)
    assert read_folder(published) == read_folder(DIAGRAMS)


def test_only_a_process_owner_takes_a_folder_in(installation: dict[str, str], folder: Path) -> None:
    told = run(installation, "import", folder, "--by", "maria")
    assert told.exit_code == 1
    assert "maria may not" in told.output
