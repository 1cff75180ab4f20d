"""What a reader is promised exists: settings in the documents, a test for each job, locks that fit the project file."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from processes.settings import Settings, explained
from workers.schedule import jobs_of

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock")


@cache
def project(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text())
    return found


@cache
def locked(root: Path) -> dict[str, str]:
    """Name to version of everything in uv.lock."""
    packages = tomllib.loads((root / "uv.lock").read_text())["package"]
    return {package["name"]: package["version"] for package in packages}


def pinned(requirements: list[str]) -> list[tuple[str, str]]:
    """Name and version of requirements such as 'psycopg[binary]==3.3.9 ; marker'."""
    found = [re.match(r"([\w.-]+)(?:\[\w+\])?==([\w.]+)", requirement) for requirement in requirements]
    assert all(found), requirements
    return [(match[1].lower(), match[2]) for match in found if match]


@pytest.mark.parametrize(("name", "default", "meaning"), explained(), ids=lambda part: part[:30])
def test_every_setting_is_in_the_documents_as_it_is(root, name, default, meaning):
    shown = "`bpmn-diagrams/`" if name == "KVARBOENDE_DIAGRAMS" else f"`{default}`" if default else ""
    assert f"| `{name}` | {shown} | {meaning} |" in (root / "docs/settings.md").read_text()


@pytest.mark.parametrize("job", jobs_of(Settings()), ids=lambda job: job.name)
def test_every_job_has_a_test_of_its_own(root, job):
    assert (root / "tests" / "workers" / f"test_{job.name}.py").exists()


@pytest.mark.parametrize("target", ["run", "test", "check"])
def test_the_readme_names_commands_that_exist(root, target):
    assert f"make {target}" in (root / "README.md").read_text()
    assert re.search(rf"^{target}:", (root / "Makefile").read_text(), re.MULTILINE)


def test_ci_runs_the_readmes_test_command(root):
    assert "make test" in (root / ".ci" / "run").read_text().splitlines()


def test_every_dependency_is_pinned_and_locked(root):
    told = project(root)["project"]
    groups = [*told["optional-dependencies"].values(), *project(root)["dependency-groups"].values()]
    for requirements in [told["dependencies"], *groups]:
        for name, version in pinned(requirements):
            assert locked(root).get(name) == version, name


@pytest.mark.parametrize("name", LOCKS)
def test_the_files_that_pip_reads_fit_the_lock(root, name):
    listed = re.findall(r"^([\w.-]+)(?:\[\w+\])?==([^\s;]+)", (root / name).read_text(), re.MULTILINE)
    assert listed
    assert [(package, version) for package, version in listed if locked(root).get(package) != version] == []


def test_what_running_needs_is_part_of_what_testing_needs(root):
    run, dev = ((root / name).read_text() for name in LOCKS[:2])
    needed = re.findall(r"^[\w.-]+(?:\[\w+\])?==\S+", run, re.MULTILINE)
    assert needed
    assert [line for line in needed if line not in dev] == []
    for name, version in pinned(project(root)["project"]["dependencies"]):
        assert f"{name}==" in run.replace("[binary]", ""), (name, version)


def test_every_locked_package_has_hashes(root):
    for name in LOCKS:
        text = (root / name).read_text()
        entries = re.split(r"^(?=[\w.-]+(?:\[\w+\])?==)", text, flags=re.MULTILINE)[1:]
        assert entries
        assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
