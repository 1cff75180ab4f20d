"""What runs in containers is what is documented: commands that exist, settings that exist, nobody as root."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from app.cli import main
from processes.settings import explained

OWN = ("migrate", "web", "worker")


@pytest.fixture
def services(root) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((root / "docker-compose.yml").read_text())["services"]
    return found


@pytest.mark.parametrize("name", OWN)
def test_each_container_runs_a_command_that_exists(services, name):
    program, command = services[name]["command"]
    assert program == "kvarboende"
    assert command in main.commands


@pytest.mark.parametrize("name", OWN)
def test_each_container_is_given_settings_that_exist(services, name):
    known = {setting for setting, _, _ in explained()}
    assert services[name]["environment"].keys() <= known
    assert services[name]["environment"]["KVARBOENDE_DATABASE_URL"].startswith("postgresql://")


def test_pages_and_worker_wait_for_the_tables(services):
    for name in ("web", "worker"):
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_the_image_does_not_run_as_root(root):
    users = [line for line in (root / "Dockerfile").read_text().splitlines() if line.startswith("USER ")]
    assert users == ["USER kvarboende"]


def test_no_password_is_written_down(services):
    for name, service in services.items():
        for variable, value in service["environment"].items():
            if "PASSWORD" in variable or "SECRET" in variable:
                assert str(value).startswith("${"), (name, variable)
