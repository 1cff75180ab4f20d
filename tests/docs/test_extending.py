"""Whoever follows a recipe gets a change that applies; `python -m tests.docs.follow` shows that it works, too."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.docs.recipes import ROOT, Recipe, recipes

GIT = shutil.which("git") or "git"
PROMISED = ("A step", "A rule (1)", "A rule (2)", "A letter", "A language", "A setting", "A page")


def test_there_is_a_recipe_for_all_that_is_promised():
    assert tuple(recipe.title for recipe in recipes()) == PROMISED


def applies(change: str) -> str:
    """What git says against the change; nothing if it can be made."""
    told = subprocess.run(
        [GIT, "apply", "--check", "-"], cwd=ROOT, input=change, capture_output=True, text=True, check=False
    )
    return told.stderr


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.title)
def test_the_change_of_the_recipe_can_be_made(recipe: Recipe):
    assert applies(recipe.change) == ""
    assert recipe.proofs


def test_a_change_of_something_else_would_be_found():
    recipe = recipes()[0]
    assert "patch does not apply" in applies(
        recipe.change.replace("tillgodose_akut_behov", "tillgodose_behov")
    )
