"""Works the peer's whole cases without its pages, in a program of its own, and prints how that went as JSON.

A program of its own, because Kvarboende changes the library where it is slow, and the peer has it as it comes.
`python -m benchmarks.peer.alone FILE CASES` reads the steps and their answers from the standard input.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.peer.cases import TABLES, Engine, connect

OPEN_TASK = "SELECT * FROM tasks WHERE instance_id = ? AND step = ? AND status = 'open'"
WEIGHED = "SELECT status, length(CAST(state AS BLOB)) FROM instances WHERE id = ?"


def work(file: str, cases: int, turns: Sequence[tuple[str, dict[str, str]]]) -> dict[str, Any]:
    """Work so many cases: seconds of each task, cases a second, and bytes of state after each task."""
    engine, database = Engine(), connect(file)
    database.executescript(TABLES)
    seconds: list[float] = []
    weights: dict[str, list[int]] = {"open": [], "closed": []}
    begun, weighing = time.perf_counter(), 0.0
    for number in range(cases):
        instance_id = engine.start(database, f"Mätvägen {number}", {"kind": "A"})
        database.commit()
        for step, answers in turns:
            task = database.execute(OPEN_TASK, (instance_id, step)).fetchone()
            started = time.perf_counter()
            engine.complete(database, task, answers)
            database.commit()
            done = time.perf_counter()
            seconds.append(done - started)
            status, length = database.execute(WEIGHED, (instance_id,)).fetchone()
            weights[status].append(length)
            weighing += time.perf_counter() - done
    rate = cases / (time.perf_counter() - begun - weighing)
    database.close()
    return {"seconds": seconds, "cases_a_second": rate, "bytes_of_state": weights}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(work(sys.argv[1], int(sys.argv[2]), json.load(sys.stdin))))
