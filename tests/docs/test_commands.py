"""Every command that a document shows can be given: its name, its options, its module."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec

import click
import pytest
from click.testing import CliRunner

from app.cli import main
from tests.docs.conftest import DOCUMENTS, ROOT
from tests.docs.markdown import blocks, codes

OURS = ("kvarboende ", ".venv/bin/kvarboende ", ".venv/bin/python -m ", "make ")
MAKE = shutil.which("make") or "make"
TARGETS = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
SET_BEFORE = re.compile(r"^(?:[A-Z_]+=\S+ +)+")
PLACEHOLDER = re.compile(r"^[A-Z]+(?:\.\.\.)?$")


def shown(text: str) -> Iterator[str]:
    """The commands in blocks and in the prose, one by one."""
    for block in blocks(text):
        if block.language == "sh":
            yield from block.text.replace("\\\n", " ").splitlines()
    for code in codes(text):
        yield from code.split(" && ")


def commands(text: str) -> list[list[str]]:
    """The words of each command of ours, without what is set before it."""
    given = [SET_BEFORE.sub("", line.strip()) for line in shown(text)]
    return [shlex.split(line, comments=True) for line in given if line.startswith(OURS)]


def wrong(words: list[str]) -> str | None:
    """The first word that a command does not know; None if it knows all."""
    if words[0] == "make":
        return next((word for word in words[1:] if "=" not in word and word not in TARGETS), None)
    if words[0].endswith("python"):
        return None if find_spec(words[2]) else words[2]
    at: click.Command = main
    for word in (part.rstrip(",") for part in words[1:]):
        if word.startswith("--"):
            known = {name for one in at.params for name in (*one.opts, *one.secondary_opts)}
            if word.partition("=")[0] not in known | {"--help"}:
                return word
        elif isinstance(at, click.Group):
            chosen = at.get_command(click.Context(at), word)
            if chosen is None:
                return None if PLACEHOLDER.match(word) else word
            at = chosen
    return None


def test_every_command_exists_with_its_options(document):
    given = commands(document.read_text("utf-8"))
    assert [(words, fault) for words in given if (fault := wrong(words))] == []


def test_a_command_that_does_not_exist_would_be_found():
    block = (
        "A=1 make lint # ok\nmake nothing\nkvarboende diagrams check x\nkvarboende diagrams czech\n"
        ".venv/bin/python -m no_such_module\n"
    )
    faults = [wrong(words) for words in commands(f"```sh\n{block}```\n`kvarboende log verify --ancor`")]
    assert faults == [None, "nothing", None, "czech", "no_such_module", "--ancor"]


def test_make_knows_what_the_documents_let_it_make():
    given = [words for path in DOCUMENTS for words in commands(path.read_text("utf-8")) if words[0] == "make"]
    targets = {word for words in given for word in words[1:] if "=" not in word}
    assert {"run", "test", "check"} <= targets
    told = subprocess.run(
        [MAKE, "-n", *sorted(targets)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr


def test_make_help_lists_the_readmes_commands():
    told = subprocess.run([MAKE, "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert all(f"make {target} " in told for target in ("run", "test", "check"))


def paths_of_commands(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        yield (*before, name)
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from paths_of_commands(command, (*before, name))


@pytest.mark.parametrize("path", [(), *paths_of_commands(main)], ids=" ".join)
def test_every_command_of_ours_says_what_it_does(path):
    told = CliRunner().invoke(main, [*path, "--help"])
    assert told.exit_code == 0
    assert len(told.output.split()) > 5
