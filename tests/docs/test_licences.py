"""The list of licences is true: each package that runs is on it, with the licence that the package itself names."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, metadata

import pytest

FAMILIES = {
    "0BSD": ("0BSD", "BSD-0"),
    "Apache": ("Apache",),
    "BSD": ("BSD",),
    "LGPL": ("LGPL", "Lesser General"),
    "MIT": ("MIT",),
    "MPL": ("MPL", "Mozilla"),
    "OFL": ("OFL", "SIL"),
    "PSF": ("PSF",),
    "bpmn.io": ("bpmn.io", "SEE LICENSE IN LICENSE"),
}
"""What each kind of licence is called, by us and by those who wrote the packages."""
SILENT = {"pysqlite3": "Zlib"}
"""Packages whose description names no licence; the text that lies beside them does."""
LONGEST_NAME = 60
"""Characters; what is longer is no name of a licence but its text."""


def families(words: str) -> set[str]:
    found = {family for family, names in FAMILIES.items() if any(name in words for name in names)}
    return found - {"BSD"} if "0BSD" in found else found


def listed(root) -> dict[str, str]:
    rows = re.findall(
        r"^\| ([\w.@/-]+) \| ([^|]+) \| [^|]+ \|$", (root / "docs/licences.md").read_text(), re.MULTILINE
    )
    return {name: licence for name, licence in rows if name != "package" and set(name) != {"-"}}


def locked(root) -> list[str]:
    return re.findall(r"^([\w.-]+)(?:\[\w+\])?==", (root / "requirements.lock").read_text(), re.MULTILINE)


def packages_of_the_bundle(root) -> dict[str, str]:
    told = json.loads((root / "frontend/package.json").read_text())
    lock = json.loads((root / "frontend/package-lock.json").read_text())["packages"]
    names = told["dependencies"] | told["devDependencies"]
    return {name: lock[f"node_modules/{name}"]["license"] for name in names}


def named_by_the_package(name: str) -> str:
    told = metadata(name)
    short = [words for words in told.get_all("License") or [] if len(words) < LONGEST_NAME]
    kinds = [kind for kind in told.get_all("Classifier") or [] if kind.startswith("License")]
    return " ".join([*(told.get_all("License-Expression") or []), *short, *kinds])


def test_everything_that_runs_is_listed_and_nothing_else(root):
    assert sorted(listed(root)) == sorted([*locked(root), *packages_of_the_bundle(root)])


def test_each_package_has_the_licence_that_it_names_itself(root):
    shown = listed(root)
    compared = 0
    for name in locked(root):
        try:
            words = named_by_the_package(name)
        except PackageNotFoundError:
            continue  # a package of another operating system
        if name in SILENT:
            assert (words, shown[name]) == ("", SILENT[name])
        else:
            assert families(shown[name]) == families(words) != set(), name
        compared += 1
    assert compared > 40


def test_each_package_of_the_bundle_has_the_licence_that_it_names_itself(root):
    shown = listed(root)
    for name, words in packages_of_the_bundle(root).items():
        assert families(shown[name]) == families(words) != set(), name


@pytest.mark.parametrize("name", ["SpiffWorkflow", "bpmn-js", "psycopg"])
def test_what_asks_for_something_is_explained(root, name):
    explained = (root / "docs/licences.md").read_text().partition("## Python")[0]
    assert name in explained


def test_nothing_is_under_a_licence_that_ours_could_not_carry(root):
    assert [name for name, licence in listed(root).items() if re.search(r"(?<!L)GPL", licence)] == []
