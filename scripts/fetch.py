"""Fetches one file with a short time-out: fetch.py ADDRESS TARGET. Exit status 1 when it is out of reach."""

import shutil
import sys
import urllib.request

CONNECT_SECONDS = 8

try:
    with urllib.request.urlopen(sys.argv[1], timeout=CONNECT_SECONDS) as answer, open(sys.argv[2], "wb") as target:  # noqa: PTH123
        shutil.copyfileobj(answer, target)
except OSError:
    sys.exit(1)
