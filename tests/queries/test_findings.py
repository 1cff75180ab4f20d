"""Every question for stuck work is answered from indexes, however many cases there are."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Select, exists, select, text
from sqlalchemy.dialects import postgresql

from processes.models import Finding
from processes.queries.findings_asked import Asked
from processes.queries.findings_found import QUESTIONS, standing_beside
from tests.city import City

LARGE = "tasks|deadlines|process_instances|notices|notifications|letters|mails|timers|persons|dwellings|events|findings"
"""Tables that grow for ever; cases, staff and what waits for a worker are few or read by their keys."""


def plan_of(city: City, asked: Select[tuple[object, ...]]) -> str:
    """How PostgreSQL would answer when it must not read a whole table if any index will do."""
    statement = asked.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    with city.runtime.reading() as work:
        work.session.execute(text("SET LOCAL enable_seqscan = off"))
        rows = work.session.connection().exec_driver_sql("EXPLAIN " + str(statement).replace("%", "%%"))
        return "\n".join(row[0] for row in rows)


@pytest.mark.parametrize("city", ["postgresql"], indirect=True)
def test_no_check_reads_a_large_table_from_end_to_end(city: City):
    asked = Asked(city.clock.now(), city.runtime.policy)
    for key, question in QUESTIONS.items():
        candidates = question(asked).subquery()
        is_known = exists().where(
            Finding.check_key == key, Finding.row_id == candidates.c.row_id, Finding.closed_at.is_(None)
        )
        for statement in (select(candidates).where(~is_known), standing_beside(key, asked, 0)):
            plan = plan_of(city, statement)
            assert not re.search(rf"Seq Scan on ({LARGE})\b", plan), f"{key}:\n{plan}"
