"""Runs the tests that ask the real Anki with older releases of it: ``python scripts/older_ankis.py [VERSION …]``.

Each release is put into a folder of its own that stands before the installed one; nothing else changes. Needs
the test dependencies and a package index. What an older Anki can't do is told in ``tests/anki/real_anki.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

VERSIONS = ("23.10.1", "24.11", "25.2.7", "25.9.4")
"""The first that knows FSRS, the last before it was versioned, the last with FSRS-5, one with FSRS-6."""
SERVICES = ("round_trip", "exporting", "connected", "preset", "sharing")


def run(version: str) -> bool:
    """Whether all tests pass with a release."""
    with tempfile.TemporaryDirectory() as folder:
        install = ["install", "--quiet", "--no-deps", "--target", folder, f"anki=={version}"]
        subprocess.run([sys.executable, "-m", "pip", *install], check=True)  # noqa: S603
        tests = ["tests/anki", *(f"tests/services/test_{name}.py" for name in SERVICES)]
        print(f"Anki {version}", flush=True)
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
            cwd=Path(__file__).parents[1],
            env={**os.environ, "PYTHONPATH": folder},
            check=False,
        )
        return done.returncode == 0


if __name__ == "__main__":
    results = [run(version) for version in sys.argv[1:] or VERSIONS]
    sys.exit(0 if all(results) else 1)
