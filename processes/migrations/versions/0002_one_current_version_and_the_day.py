"""Makes sure that a process has one current version, and remembers on which day a case was last looked at.

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "DELETE FROM diagram_versions WHERE id NOT IN "
        "(SELECT max(id) FROM diagram_versions GROUP BY process_key, version)"
    )
    op.execute(
        "UPDATE diagram_versions SET is_current = false WHERE id NOT IN "
        "(SELECT max(id) FROM diagram_versions WHERE is_current GROUP BY process_key)"
    )
    op.drop_index("ix_diagram_versions_current", "diagram_versions")
    op.create_index(
        "ix_diagram_versions_current",
        "diagram_versions",
        ["process_key"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_index(
        "ix_diagram_versions_version", "diagram_versions", ["process_key", "version"], unique=True
    )
    op.add_column("cases", sa.Column("refreshed_on", sa.Date(), nullable=False, server_default="2000-01-01"))
    op.create_index("ix_cases_refreshed", "cases", ["closed_at", "refreshed_on", "id"])
    op.create_index("ix_timers_case_id", "timers", ["case_id"])
    op.drop_column("timers", "attempts")
    op.drop_column("timers", "last_error")
