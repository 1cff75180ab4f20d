"""Serves the peer as Kvarboende is served: one process with sixteen threads, on the port given on the command line."""

from __future__ import annotations

import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

Granian(
    "benchmarks.peer.app:create",
    factory=True,
    port=int(sys.argv[1]),
    interface=Interfaces.WSGI,
    blocking_threads=16,
    log_level=LogLevels.error,
    websockets=False,
).serve()
