"""The commands that the containers run, run here: they start, say that they are well, and let people sign in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from app import create_app
from processes.models import Caseworker
from processes.queries.people import find_caseworker
from processes.runtime import Runtime
from processes.settings import Settings
from tests.commands.programs import eventually, kvarboende, started
from tests.commands.test_serve import SECRET
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sysconfig.get_path("scripts"))


@pytest.fixture
def services() -> dict[str, Any]:
    text = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", (ROOT / "docker-compose.yml").read_text())
    found: dict[str, Any] = yaml.safe_load(re.sub(r"\$\{\w+:\?[^}]*\}", "set", text))["services"]
    return found


def is_well(service: dict[str, Any], inside: int, port: int) -> bool:
    """What the health check of the container says, of a program on another port."""
    _, program, *words = service["healthcheck"]["test"]
    assert program == "python"
    assert f":{inside}/" in words[-1]
    asked = [word.replace(f":{inside}/", f":{port}/") for word in words]
    return subprocess.run([sys.executable, *asked], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("name", "setting"), [("web", "KVARBOENDE_PORT"), ("worker", "KVARBOENDE_WORKER_PORT")]
)
def test_a_container_starts_and_says_that_it_is_well_as_long_as_it_runs(
    services: dict[str, Any], tmp_path: Path, database_url: str, name: str, setting: str
) -> None:
    service, port = services[name], free_port()
    inside = int(service["expose"][0])
    settings = {
        **service["environment"],
        "KVARBOENDE_DATABASE_URL": database_url,
        "KVARBOENDE_SECRET_KEY": SECRET,
        setting: str(port),
    }
    if "KVARBOENDE_OIDC_GROUPS" in settings:
        settings["KVARBOENDE_OIDC_GROUPS"] = str(ROOT / "deploy/groups.toml")
    assert not is_well(service, inside, port)
    with started(*kvarboende(*service["command"][1:]), settings=settings, folder=tmp_path) as program:
        assert eventually(lambda: is_well(service, inside, port)), program.printed
    assert not is_well(service, inside, port)
    assert [line for line in program.printed.splitlines() if not line.startswith("{")] == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_somebody_signs_in_through_the_provider_with_the_values_of_the_example(
    services: dict[str, Any], tmp_path: Path, database_url: str
) -> None:
    service, port = services["provider"], free_port()
    program, *words = service["command"]
    command = [
        PROGRAMS / program,
        *(
            word.replace("--port=9400", f"--port={port}").replace("--host=0.0.0.0", "--host=127.0.0.1")
            for word in words
        ),
    ]
    example = dict(
        re.findall(r"^#(KVARBOENDE_OIDC_\w+)=(.*)$", (ROOT / "deploy/env.example").read_text(), re.MULTILINE)
    )
    issuer = example["KVARBOENDE_OIDC_ISSUER"].replace("id.localhost:9400", f"localhost:{port}")
    settings = Settings.from_environment(
        {
            **services["web"]["environment"],
            **example,
            "KVARBOENDE_DATABASE_URL": database_url,
            "KVARBOENDE_SECRET_KEY": SECRET,
            "KVARBOENDE_OIDC_ISSUER": issuer,
            "KVARBOENDE_OIDC_GROUPS": str(ROOT / "deploy/groups.toml"),
        }
    )
    assert service["networks"]["default"]["aliases"] == ["id.localhost"]
    with started(*command, settings={"PYTHONWARNINGS": "ignore"}, folder=tmp_path) as provider:
        assert eventually(lambda: is_well(service, 9400, port)), provider.printed
        runtime = Runtime.open(settings)
        browser = create_app(runtime).test_client()
        there = browser.get("/logga-in/kommunen", base_url="https://localhost").location
        assert there.startswith(issuer)
        back = _choose(there, "anna")
        assert browser.get(back).status_code == 302
        assert "Anna Exempelsson" in browser.get("/inkorg", base_url="https://localhost").text
        with runtime.reading() as work:
            assert work.session.scalars(select(Caseworker.username)).all() == ["anna"]
            assert find_caseworker(work.session, "anna") is not None
        runtime.close()


def _choose(there: str, person: str) -> str:
    """Where the provider leads somebody who has said who they are."""
    program = (
        "import sys, urllib.request as r\n"
        "class Stay(r.HTTPRedirectHandler):\n"
        "    def redirect_request(self, *args):\n"
        "        print(args[-1])\n"
        "try:\n"
        "    r.build_opener(Stay).open(sys.argv[1], data=b'sub=' + sys.argv[2].encode())\n"
        "except r.HTTPError:\n"
        "    pass\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, there, person],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "no_proxy": "*"},
    )
    return told.stdout.strip()
