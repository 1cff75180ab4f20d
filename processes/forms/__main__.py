"""Lists what is wrong with form files: `python -m processes.forms bpmn-diagrams/*/forms/*.json`."""

from __future__ import annotations

import sys
from pathlib import Path

from processes.forms import FormRefused, load_form


def main(paths: list[str]) -> int:
    """Print the problems of each file; the number of files that have any."""
    refused = 0
    for path in paths:
        try:
            load_form(Path(path).read_bytes())
        except FormRefused as refusal:
            refused += 1
            for problem in refusal.problems:
                print(f"{path}: {problem}")
    return refused


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
