"""Fetches one file with a short time-out: fetch.py ADDRESS TARGET. Exit status 1 when it is out of reach."""

import shutil
import sys
import urllib.request
from pathlib import Path

CONNECT_SECONDS = 8

try:
    with urllib.request.urlopen(sys.argv[1], timeout=CONNECT_SECONDS) as answer, Path(sys.argv[2]).open("wb") as target:
        shutil.copyfileobj(answer, target)
except OSError:
    sys.exit(1)
