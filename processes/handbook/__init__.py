"""The handbook as numbered requirements: what each asks, what in the system carries it, and which test shows it.

The register holds our own words; the handbook itself is not copied. `coverage_rows` looks through diagrams, forms,
rules and tests, so nobody keeps a list by hand that could be untrue.
"""

from __future__ import annotations

from processes.handbook.coverage import CoverageRow, Status, coverage, coverage_rows, coverage_text
from processes.handbook.documents import Document, documents
from processes.handbook.requirements import Kind, Requirement, requirements

__all__ = [
    "CoverageRow",
    "Document",
    "Kind",
    "Requirement",
    "Status",
    "coverage",
    "coverage_rows",
    "coverage_text",
    "documents",
    "requirements",
]
