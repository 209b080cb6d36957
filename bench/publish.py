"""`python -m bench.publish`: publishes another greeting on the servers whose folder is `COACH_VAR_DIR`, as a therapist's button does, and waits for it."""

from __future__ import annotations

import sys
import time

from bot.content.files import content_hash
from bot.content.versions import published_number
from bot.publishing.jobs import PUBLISH, Job, Wanted, ask_for, job
from tests.publishing.own_servers import greeting_with


def main() -> int:
    """Returns 1 when it was not published."""
    number = published_number()
    content = greeting_with(f"Goed dat je er bent, voor de {number + 1}e keer.")
    job_id = ask_for(Wanted(PUBLISH, "bench", "bench", number, content, content_hash(content)))
    while (now := _job(job_id)).unfinished:
        time.sleep(0.5)
    if published_number() == number:
        sys.stderr.write(f"Nothing was published: {now.problem}\n")
        return 1
    return 0


def _job(job_id: str) -> Job:
    found = job(job_id)
    if found is None:
        raise RuntimeError("The job is gone.")
    return found


if __name__ == "__main__":
    sys.exit(main())
