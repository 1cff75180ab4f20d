"""Writes the whole database into one file while the system runs, and puts it back into an empty database.

A backup is a zip file with two members: `database`, which is an SQLite file or what pg_dump writes, and
`manifest.json`, which says what must be in it: the tables' version, how many rows each has, and how the chains of the
logs end. It is made at one instant, checked before it gets its name, and never half there. The key that signs and
seals (KVARBOENDE_SECRET_KEY) is not in it.
"""

from processes.backups.archive import Manifest
from processes.backups.restoring import restore
from processes.backups.writing import write_backup

__all__ = ["Manifest", "restore", "write_backup"]
