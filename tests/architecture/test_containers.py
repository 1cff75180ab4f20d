"""What runs in containers is what is documented, and is kept small: commands and settings exist, nobody is root."""

from __future__ import annotations

import fnmatch
import re
import shlex
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
import yaml
from click import Context
from packaging.requirements import Requirement

from app.cli import main
from processes.settings import explained

OWN = ("migrate", "web", "worker", "backup")
ONCE = ("migrate", "backup")
SERVICES = ("database", *OWN, "proxy", "mail", "provider")
VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*)|:\?([^}]*))?\}")


@pytest.fixture
def compose(root: Path) -> str:
    return (root / "docker-compose.yml").read_text()


@pytest.fixture
def services(compose: str) -> dict[str, Any]:
    """The services as they are with nothing in .env but what must be."""
    filled = VARIABLE.sub(lambda found: found[2] if found[2] is not None else "set", compose)
    found: dict[str, Any] = yaml.safe_load(filled)["services"]
    return found


@pytest.fixture
def steps(root: Path) -> list[list[str]]:
    """The instructions of the Dockerfile, in words, with those that go on in one line."""
    text = re.sub(r"^#.*\n", "", (root / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", "")
    return [line.split() for line in text.splitlines() if line.strip()]


def test_there_is_every_part_and_no_other(services):
    assert set(services) == set(SERVICES)


@pytest.mark.parametrize("name", OWN)
def test_each_container_runs_a_command_that_exists(services, name):
    program, command, *rest = services[name]["command"]
    assert program == "kvarboende"
    found = main.get_command(Context(main), command)
    assert found is not None
    assert len(rest) == len(found.params)


@pytest.mark.parametrize("name", OWN)
def test_each_container_is_given_settings_that_exist(services, name):
    known = {setting for setting, _, _ in explained()}
    assert services[name]["environment"].keys() <= known
    assert services[name]["environment"]["KVARBOENDE_DATABASE_URL"].startswith("postgresql://")


def test_pages_and_worker_wait_for_the_tables_and_the_tables_for_the_database(services):
    for name in ("web", "worker"):
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert services["migrate"]["depends_on"]["database"]["condition"] == "service_healthy"
    assert services["proxy"]["depends_on"]["web"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", SERVICES)
def test_each_container_may_do_as_little_as_it_can(services, name):
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert {"cpus", "memory"} == service["deploy"]["resources"]["limits"].keys()
    assert service["restart"] == ("no" if name in ONCE else "unless-stopped")


@pytest.mark.parametrize("name", [name for name in SERVICES if name not in ONCE])
def test_each_container_that_stays_says_whether_it_is_well(services, name):
    check = services[name]["healthcheck"]
    assert check["test"][0] == "CMD"
    assert {"interval", "timeout", "start_period"} <= check.keys()


def test_the_proxy_cannot_reach_the_database(services, compose):
    near = {name for name in SERVICES if "data" in services[name].get("networks", ())}
    assert near == {"database", *OWN}
    assert yaml.safe_load(compose)["networks"] == {"data": {"internal": True}}
    for name in ("web", "worker"):  # they also reach the mail server and the identity provider
        assert "default" in services[name]["networks"]


@pytest.mark.parametrize("name", ONCE)
def test_what_ends_by_itself_is_not_asked_whether_it_serves_pages(services, name):
    assert services[name]["healthcheck"] == {"disable": True}


def test_there_can_be_several_of_pages_and_workers(services):
    for name in ("web", "worker"):
        assert "ports" not in services[name]
        assert "container_name" not in services[name]
        assert int(services[name]["deploy"]["replicas"]) > 1
        assert services[name]["image"] == services["migrate"]["image"]


def test_what_is_only_for_trying_out_is_not_started_and_not_reached_from_elsewhere(services):
    assert {name for name in SERVICES if services[name].get("profiles") == ["dev"]} == {"mail", "provider"}
    for name in ("mail", "provider"):
        assert all(port.startswith("127.0.0.1:") for port in services[name]["ports"])
    assert "ports" not in services["database"]


def test_images_are_of_a_version(services, steps):
    images = [service["image"] for service in services.values() if "build" not in service]
    stages = {step[3] for step in steps if step[0] == "FROM" and len(step) > 3}
    images += [step[1] for step in steps if step[0] == "FROM" and step[1] not in stages]
    assert len(images) == 5
    assert [image for image in images if not re.search(r":v?\d+\.\d+", image)] == []


def test_no_password_is_written_down_and_a_missing_one_is_told_with_what_to_do(compose, services):
    for name, service in services.items():
        for variable, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|TOKEN", variable):
                assert value in {"set", ""}, (name, variable)
    told = {found[1]: found[3] for found in VARIABLE.finditer(compose) if found[3]}
    assert told.keys() == {"DATABASE_PASSWORD", "KVARBOENDE_SECRET_KEY"}
    assert all(f"set {variable} in .env" in sentence for variable, sentence in told.items())


def test_the_example_of_env_names_what_the_containers_read(root, compose):
    text = (root / "deploy/env.example").read_text()
    named = set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))
    assert named <= {found[1] for found in VARIABLE.finditer(compose)}
    assert {"DATABASE_PASSWORD", "KVARBOENDE_SECRET_KEY"} <= named


def test_the_proxy_finds_the_pages_and_shows_no_figures(root, services):
    text = (root / "deploy/Caddyfile").read_text()
    assert re.findall(r"\{\$(\w+)", text) == list(services["proxy"]["environment"])
    assert re.search(r"name web\n\s*port 8000\n", text)
    assert services["web"]["expose"] == ["8000"]
    assert "respond @figures 404" in text
    port = re.search(r"http://127\.0\.0\.1:(\d+) \{", text)
    assert port is not None
    assert services["proxy"]["healthcheck"]["test"][-1] == f"http://127.0.0.1:{port[1]}/"


def test_nobody_runs_as_root(steps, services):
    users = [step[1] for step in steps if step[0] == "USER"]
    assert users == ["10001", "10001"]
    assert steps[-3][0] == "EXPOSE"
    assert services["database"]["user"] == "postgres"


def copied(steps: list[list[str]]) -> list[str]:
    return [
        source
        for step in steps
        if step[0] == "COPY" and not step[1].startswith("--")
        for source in step[1:-1]
    ]


def is_left_out(path: str, root: Path) -> bool:
    """What .dockerignore keeps from the builder; the last line that fits decides."""
    is_out = False
    for line in (root / ".dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!")
        if (
            line
            and not line.startswith("#")
            and (path == pattern or path.startswith(f"{pattern}/") or fnmatch.fnmatchcase(path, pattern))
        ):
            is_out = not line.startswith("!")
    return is_out


def test_what_is_copied_exists_and_reaches_the_builder(root, steps):
    assert len(copied(steps)) > 8
    for source in copied(steps):
        assert (root / source).exists(), source
        assert not is_left_out(source.rstrip("/"), root), source


def test_nothing_else_reaches_the_builder(root):
    for name in ("tests", "var", ".git", ".env", "docs", "deploy", "app/static/dist", ".venv"):
        assert is_left_out(name, root), name


def test_all_that_an_installation_needs_is_copied(root, steps):
    needed = {"app/", "processes/", "workers/", "bpmn-diagrams/", "requirements.lock", "pyproject.toml"}
    assert needed <= set(copied(steps))
    builds = [step[-2:] for step in steps if step[:2] == ["COPY", "--from=frontend"]]
    assert builds == [["/src/app/static/dist/", "app/static/dist/"]]


def test_every_package_comes_from_a_lock_file_with_its_hash(steps):
    installs = [" ".join(step) for step in steps if "pip install" in " ".join(step)]
    assert len(installs) == 3
    for line in installs:
        assert "--require-hashes" in line or "--no-deps --no-build-isolation --no-index" in line, line


def needed_by(name: str, found: set[str]) -> set[str]:
    if name not in found:
        found.add(name)
        for line in requires(name) or []:
            wanted = Requirement(line)
            if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                needed_by(re.sub(r"[_.]+", "-", wanted.name.lower()), found)
    return found


def test_the_provider_is_given_all_that_it_needs_and_no_more(steps):
    wanted = next(" ".join(step) for step in steps if "wanted=" in " ".join(step))
    listed = set(re.search(r'wanted=" (.*?) "', wanted)[1].split())  # type: ignore[index]
    assert needed_by("oidc-provider-mock", set()) <= listed
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in listed)


def test_the_programs_for_backups_fit_the_database(steps, services):
    version = re.search(r"postgresql-client-(\d+)", " ".join(word for step in steps for word in step))
    assert version is not None
    assert services["database"]["image"].startswith(f"postgres:{version[1]}.")


def test_what_a_container_checks_is_what_the_image_checks(root, services):
    text = (root / "Dockerfile").read_text()
    for name in ("web", "provider"):
        assert services[name]["healthcheck"]["test"][-1] in text, name
    assert shlex.split(services["provider"]["command"][0]) == ["oidc-provider-mock"]
