"""Proof: the server is killed at random moments while it writes, and nothing it had called saved is lost.

Also after each kill: SQLite's own check of the file, and every entry of the journal stands in what is shown from it.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

INPUTS = ["src/unknot/app/journal/write.py", "src/unknot/app/database.py", "tests/app/test_kill.py"]
KILLS = 60
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "app")]
os.environ["UNKNOT_KILLS"] = str(KILLS)

import test_kill


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        test_kill.test_nothing_that_was_called_saved_is_lost_when_the_server_is_killed(Path(folder))
        with closing(sqlite3.connect(Path(folder) / "unknot.sqlite3")) as database:
            (entries,) = database.execute("SELECT count(*) FROM journal_entry").fetchone()
    print(json.dumps({"kills": KILLS, "entries_kept": entries, "lost": 0}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
