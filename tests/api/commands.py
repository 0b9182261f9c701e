"""The command line in a process of its own, as users run it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ARTICLES = Path(__file__).parents[2] / "fixtures" / "articles"
WIRE = ARTICLES / "taiwan-wire.txt"


MAIN = "from api.cli import main; main()"


def kaozheng(
    *arguments: object, store: Path | None = None, script: str = MAIN, **options: Any
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "140", "NO_COLOR": "1"}
    environment.pop("KAOZHENG_STORE", None)
    if store is not None:
        environment["KAOZHENG_STORE"] = str(store)
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, **options)
