"""Jobs: one at a time, told as they go, and ended with a clear line when the power goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.content.files import shipped
from bot.content.versions import published, published_number
from bot.publishing import jobs
from bot.publishing.jobs import (
    CHECK,
    DONE,
    FAILED,
    INTERRUPTED,
    PUBLISH,
    RUNNING,
    TO_ROLL_OUT,
    UNFINISHED,
    WAITING,
    Busy,
    JobRow,
    Wanted,
    ask_for,
    claim,
    content_of,
    end_interrupted,
    fail,
    finish,
    hand_over,
    job,
    latest,
    tell,
    to_roll_out,
)
from bot.publishing.this_server import server_id
from bot.store.database import session
from bot.store.tables import utc_now
from tests.databases import Database


@pytest.fixture(autouse=True)
def start(database: Database) -> None:
    published()


def wanted(kind: str = CHECK, who: str = "lilia") -> Wanted:
    return Wanted(kind, who, "id", 0, shipped(), "hash", note="warmer")


def test_a_job_goes_its_way() -> None:
    job_id = ask_for(wanted(PUBLISH))
    assert content_of(job_id) == shipped()
    claimed = claim()
    assert claimed is not None
    assert (claimed.id, claimed.status, claimed.note) == (job_id, RUNNING, "warmer")
    assert claim() is None
    tell(job_id, "Trainen")
    assert job(job_id).step == "Trainen"  # type: ignore[union-attr]
    assert to_roll_out() is None
    hand_over(job_id, "model.tar.gz", {"fit": True})
    waiting = to_roll_out()
    assert waiting is not None
    assert (waiting.model, waiting.report, waiting.unfinished) == ("model.tar.gz", {"fit": True}, True)
    finish(job_id)
    assert latest(PUBLISH).status == DONE  # type: ignore[union-attr]
    assert latest(CHECK) is None


def test_one_at_a_time_and_the_second_reads_who_is_busy() -> None:
    first = ask_for(wanted())
    with pytest.raises(Busy, match="lilia is nu bezig met controleren"):
        ask_for(wanted(PUBLISH, "peter"))
    fail(first, "Kon niet.")
    ask_for(wanted(PUBLISH, "peter"))
    assert latest(who="lilia").problem == "Kon niet."  # type: ignore[union-attr]


def test_what_was_under_way_when_the_power_went_is_told_and_done_again() -> None:
    for state in (WAITING, RUNNING, TO_ROLL_OUT):
        job_id = ask_for(wanted(PUBLISH))
        if state != WAITING:
            claim()
        if state == TO_ROLL_OUT:
            hand_over(job_id, "m", None)
        end_interrupted(*UNFINISHED)
        ended = job(job_id)
        assert ended is not None
        assert (ended.status, ended.problem) == (FAILED, INTERRUPTED)
        # A process that is told late to stop changes nothing any more.
        finish(job_id)
        tell(job_id, "nog bezig")
        assert job(job_id) == ended
    assert published_number() == 0


def test_only_this_servers_jobs_are_done_and_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    job_id = ask_for(wanted())
    monkeypatch.setattr(jobs, "server_id", lambda: "another")
    assert claim() is None
    end_interrupted(*UNFINISHED)
    assert job(job_id).status == WAITING  # type: ignore[union-attr]


def test_a_server_that_was_lost_holds_up_nobody() -> None:
    job_id = ask_for(wanted())
    claim()
    with session() as db:
        db.execute(sa.update(JobRow).values(alive_at=utc_now() - jobs.SILENT - timedelta(seconds=1)))
    ask_for(wanted(who="peter"))
    assert job(job_id).problem == INTERRUPTED  # type: ignore[union-attr]


def test_a_server_stays_itself() -> None:
    assert server_id() == server_id()
    assert len(server_id()) == 36
