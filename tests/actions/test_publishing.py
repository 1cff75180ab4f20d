"""Publishing a folder: all of it is right, or none of it is published."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from processes.actions.diagrams import publish_folder
from processes.errors import DiagramRefused
from processes.models import DiagramVersion
from processes.runtime import Runtime
from tests.city import DIAGRAMS, City


def test_publishing_the_same_folder_again_changes_nothing(city: City) -> None:
    with city.runtime.transaction() as work:
        assert publish_folder(work, DIAGRAMS) == []


def test_a_folder_in_which_a_gate_is_misspelt_is_refused_whole(runtime: Runtime, tmp_path: Path) -> None:
    folder = tmp_path / "bpmn-diagrams"
    shutil.copytree(DIAGRAMS, folder)
    file = folder / "hyresvardskontakt" / "hyresvardskontakt.bpmn"
    file.write_text(file.read_text().replace("landlord-question", "landlord-kwestion"))
    with pytest.raises(DiagramRefused, match="landlord-kwestion"), runtime.transaction() as work:
        publish_folder(work, folder)
    with runtime.reading() as work:
        assert work.session.scalars(select(DiagramVersion)).first() is None
