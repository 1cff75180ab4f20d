"""What the tests use again is what they would make anew, and whatever was changed is made anew."""

from __future__ import annotations

from pathlib import Path

import flask
from sqlalchemy import Integer, column, select

from processes.database import open_database
from processes.queries import diagrams
from tests.city import DIAGRAMS

FORM = "arendehandelser/forms/anteckning.json"


def test_a_template_that_was_changed_is_compiled_anew(tmp_path: Path) -> None:
    shown = []
    for said in ("one", "another", "one"):
        (tmp_path / "page.html").write_text("{{ 1 + 1 }} " + said)
        app = flask.Flask("pages", template_folder=str(tmp_path))
        with app.app_context():
            shown.append(flask.render_template("page.html"))
    assert shown == ["2 one", "2 another", "2 one"]


def test_a_diagram_that_was_changed_is_parsed_anew() -> None:
    content = (DIAGRAMS / FORM).read_bytes()
    first = diagrams.open_version("arendehandelser", {FORM: content})
    assert diagrams.open_version("arendehandelser", {FORM: content}) is first
    title = first.forms["anteckning"].title
    changed = content.replace(title.encode(), b"Changed")
    assert changed != content
    assert diagrams.open_version("arendehandelser", {FORM: changed}).forms["anteckning"].title == "Changed"
    assert first.forms["anteckning"].title == title


def test_a_statement_is_compiled_once_for_the_same_kind_of_database(database_url: str) -> None:
    one, same = open_database(database_url), open_database(database_url)
    other = open_database("sqlite://" if "postgresql" in database_url else "postgresql://nowhere")
    statement = select(column("made_once", Integer))
    assert one.dialect != other.dialect
    with one.connect(), same.connect():
        assert one.dialect == same.dialect
        assert hash(one.dialect) == hash(same.dialect)
    compiled = [
        statement._compile_w_cache(engine.dialect, compiled_cache=engine._compiled_cache, column_keys=[])[0]
        for engine in (one, same, other)
    ]
    assert compiled[0] is compiled[1]
    assert compiled[0] is not compiled[2]
    for engine in (one, same, other):
        engine.dispose()
