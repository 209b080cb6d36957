"""Work that may wait leaves the processors to the servers, also where the kernel schedules sessions as groups."""

from __future__ import annotations

import subprocess
import sys

from bot.processes import AUTOGROUP


def test_what_works_in_the_background_gives_way() -> None:
    told = "import os; from bot.processes import *; go_to_background(); print(os.nice(0), AUTOGROUP.exists() and AUTOGROUP.read_text().split()[-1])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, start_new_session=True)
    assert done.stdout.split() == ["19", "19" if AUTOGROUP.exists() else "False"]
