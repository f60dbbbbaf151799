"""The app's own tests once more, on a real PostgreSQL server."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cluster import cluster

HERE = Path(__file__).parent


@pytest.mark.postgres
def test_everything_the_app_promises_holds_on_postgresql_too() -> None:
    with cluster() as url:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", str(HERE), "-m", "not postgres and not sqlite", "-p", "no:cacheprovider"],
            env={**os.environ, "UNKNOT_DATABASE_URL": url},
            cwd=HERE.parent.parent,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "passed" in done.stdout
