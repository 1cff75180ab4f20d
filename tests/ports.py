"""Ports for the programs that the tests start: no other program on this computer gets one that was given out."""

from __future__ import annotations

import socket
import sys


def free_port() -> int:
    """A port of 127.0.0.1 where nobody listens, kept for whoever asked until the tests end.

    A port that was only looked up can be somebody else's before it is used, while a program takes its time to start.
    """
    holding = socket.socket()
    holding.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holding.bind(("127.0.0.1", 0))
    port = int(holding.getsockname()[1])
    if sys.platform == "linux":  # elsewhere nobody can listen where another socket is bound, whoever listens
        holding.detach()  # bound and not listening: no port of chance is this one, and who names it may listen
    else:
        holding.close()
    return port
