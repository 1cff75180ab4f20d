"""The database's tables: made once however many programs start, and always those that the code expects."""

from __future__ import annotations

import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from processes.database import open_database
from processes.errors import DatabaseNotReady
from processes.migrations import VERSIONS, knows, migrate, must_be_migrated, newest_version
from processes.models import Base


def test_the_migrations_make_the_tables_that_the_code_expects(empty_database_url: str) -> None:
    migrate(empty_database_url)
    engine = open_database(empty_database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_the_files_of_the_migrations_are_named_after_their_revisions() -> None:
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    config.set_main_option("path_separator", "os")
    known = ScriptDirectory.from_config(config)
    assert newest_version() == known.get_current_head()
    assert all(knows(script.revision) for script in known.walk_revisions())
    assert not knows("9999")


def test_migrating_again_changes_nothing(empty_database_url: str) -> None:
    migrate(empty_database_url)
    migrate(empty_database_url)
    engine = open_database(empty_database_url)
    must_be_migrated(engine)
    engine.dispose()


def test_a_database_without_tables_is_refused_with_what_to_do(empty_database_url: str) -> None:
    engine = open_database(empty_database_url)
    with pytest.raises(DatabaseNotReady, match="kvarboende migrate"):
        must_be_migrated(engine)
    engine.dispose()


STOPPED_HALF_WAY = """
import sys, time
from alembic import command
from processes import migrations
before = command.upgrade
def upgrade(config, version):
    before(config, version)
    print("half-way", flush=True)
    time.sleep(600)
command.upgrade = upgrade
migrations.migrate(sys.argv[1])
"""


def test_a_migration_that_is_killed_half_way_has_not_been_and_the_next_one_need_not_wait(
    empty_database_url: str,
) -> None:
    command = [sys.executable, "-c", STOPPED_HALF_WAY, empty_database_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "half-way\n"
        program = f"from processes.migrations import migrate; migrate({empty_database_url!r})"
        with subprocess.Popen([sys.executable, "-c", program]) as waiting:
            engine = open_database(empty_database_url)
            try:
                with pytest.raises(DatabaseNotReady):
                    must_be_migrated(engine)
                assert waiting.poll() is None
            finally:
                killed.kill()
            assert waiting.wait(timeout=60) == 0
    must_be_migrated(engine)
    engine.dispose()


def test_several_programs_may_start_at_once_on_an_empty_database(empty_database_url: str) -> None:
    program = f"from processes.migrations import migrate; migrate({empty_database_url!r})"
    started = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(3)]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0]
    engine = open_database(empty_database_url)
    must_be_migrated(engine)
    engine.dispose()
