"""Follows every recipe of docs/extending.md in a private copy and gives its commands: `python -m tests.docs.follow`.

Takes a few minutes and ends with status 1 if a change could not be made or a command failed. With words behind it only
the recipes whose titles hold one of them are followed.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.docs.recipes import ROOT, Recipe, recipes

NOT_OURS = shutil.ignore_patterns(
    ".git", ".venv*", "node_modules", "var", "__pycache__", ".*_cache", ".hypothesis"
)
GIT = shutil.which("git") or "git"
OUR_COMMAND = "from app.cli import main; main()"


def words_of(proof: str) -> list[str]:
    """The command as this Python gives it, so that the copy's code runs and not that of the installation."""
    program, *words = shlex.split(proof)
    if program.endswith("kvarboende"):
        return [sys.executable, "-c", OUR_COMMAND, *words]
    return [sys.executable, *words]


def follow(recipe: Recipe) -> bool:
    """Make the change in a copy and give its commands; what they say is shown when one fails."""
    with tempfile.TemporaryDirectory(prefix="kvarboende-recipe-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=NOT_OURS)
        steps = [([GIT, "apply", "-"], recipe.change), *((words_of(proof), "") for proof in recipe.proofs)]
        for words, given in steps:
            told = subprocess.run(words, cwd=copy, input=given, capture_output=True, text=True, check=False)
            if told.returncode:
                print(f"{recipe.title}: {shlex.join(words)} failed\n{told.stdout}{told.stderr}")  # noqa: T201 -- a program
                return False
    print(f"{recipe.title}: works", flush=True)  # noqa: T201 -- a program
    return True


if __name__ == "__main__":
    wanted = [
        recipe
        for recipe in recipes()
        if not sys.argv[1:] or any(word in recipe.title for word in sys.argv[1:])
    ]
    outcomes = [follow(recipe) for recipe in wanted]
    sys.exit(not all(outcomes))
