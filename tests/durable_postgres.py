"""Runs a command with a PostgreSQL of its own that writes as surely as one for real cases, and throws it away.

`python -m tests.durable_postgres kvarboende bench --database @` puts the address of its database where @ stands.
"""

from __future__ import annotations

import subprocess
import sys

from tests.postgres import start_durable_server


def main(command: list[str]) -> int:
    """Run the command; answers its exit status."""
    url = start_durable_server().create("measured")
    return subprocess.run([url if part == "@" else part for part in command], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
