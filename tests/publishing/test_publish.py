"""Publishing with the real servers: under a load of conversations, killed in the midst of it, taken back.

One server for all of it, as each training and each start of a server takes its time; the tests run in this order.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.alarm.helplines import plain_message
from bot.content.examples import with_examples
from bot.content.files import Content, content_hash, shipped
from bot.content.stories import with_story
from bot.content.versions import published_number, version
from bot.publishing.jobs import CHECK, INTERRUPTED, PUBLISH, TAKE_BACK, TRY, Job, Wanted, ask_for, job
from bot.publishing.report import STOPS, report_of
from bot.publishing.trial import running_trial
from bot.store.database import engine
from tests.channels.test_website import Visitor
from tests.conftest import Coach
from tests.publishing.own_servers import greeting_with, own_servers

# Minutes on two cores: with the other long ones (make test-cluster).
pytestmark = pytest.mark.cluster

NEW = "Wat ontzettend goed dat je er bent."
WORDS = ["haar woorden doen me nog steeds pijn", "ik voel me zo alleen", "het blijft maar steken", "ik weet niet hoe ik verder moet"]
MOST_SECONDS = 1800


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    with own_servers(tmp_path_factory.mktemp("publishing")) as running:
        yield running


def wanted(kind: str, content: Content | None, number: int | None = None) -> Wanted:
    mark = None if content is None else content_hash(content)
    return Wanted(kind, "lilia", "owner", published_number(), content, mark, number, "een warmer begin")


def ended(job_id: str) -> Job:
    deadline = time.monotonic() + MOST_SECONDS
    while time.monotonic() < deadline:
        found = job(job_id)
        assert found is not None
        if not found.unfinished:
            return found
        time.sleep(0.5)
    raise AssertionError("the job does not end")


def worker_of(job_id: str) -> int | None:
    """The process that does a job."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"work" in words and job_id.encode() in words:
            return int(path.parent.name)
    return None


async def greeting_of(coach: Coach) -> str:
    """What a visitor reads who comes now."""
    visitor = Visitor()
    session = await visitor.begin(coach)
    await visitor.leave()
    return str(session["history"][0]["text"])


class Talker:
    """Somebody who says something every second; `session` brings them back to their conversation."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.heard: list[str] = []
        self.session = ""

    async def talk(self, coach: Coach, until: asyncio.Event) -> None:
        visitor = Visitor()
        self.session = (await visitor.begin(coach, self.session or None))["session_id"]
        while not until.is_set():
            self.said.append(f"{WORDS[len(self.said) % len(WORDS)]}, nummer {len(self.said)}")
            assert await visitor.say(self.said[-1]) == {"ok": True}
            self.heard.append((await visitor.answer())["text"])
            await asyncio.sleep(1)
            # Some answers are two messages.
            while not visitor.heard.empty():
                self.heard.append((await visitor.answer())["text"])
        await visitor.leave()

    async def history(self, coach: Coach) -> list[dict[str, str]]:
        visitor = Visitor()
        session = await visitor.begin(coach, self.session)
        await visitor.leave()
        return list(session["history"])


async def under_load(coach: Coach, asked: Wanted) -> tuple[Job, list[Talker]]:
    """Do a job while four visitors talk, from before its beginning until after its end."""
    talkers, until = [Talker() for _ in range(4)], asyncio.Event()
    talking = [asyncio.create_task(talker.talk(coach, until)) for talker in talkers]
    while not all(talker.heard for talker in talkers):
        await asyncio.sleep(0.2)
        assert not any(task.done() for task in talking), "a visitor got no answer"
    done = await asyncio.to_thread(lambda: ended(ask_for(asked)))
    until.set()
    await asyncio.gather(*talking)
    return done, talkers


async def all_was_answered_and_kept(coach: Coach, talkers: list[Talker]) -> None:
    for talker in talkers:
        assert len(talker.heard) >= len(talker.said)
        assert plain_message() not in talker.heard
        history = await talker.history(coach)
        assert [line["text"] for line in history if line["from"] == "user"] == talker.said
        # The widget greets first.
        assert [line["text"].strip() for line in history if line["from"] == "bot"][1:] == [text.strip() for text in talker.heard]


def refusal_of(content: Content) -> str:
    """What stops a draft, in a check and when somebody publishes it all the same."""
    checked, refused = ended(ask_for(wanted(CHECK, content))), ended(ask_for(wanted(PUBLISH, content)))
    assert (checked.status, refused.status) == ("done", "failed")
    assert "niet worden gepubliceerd" in str(refused.problem)
    assert published_number() == 0
    stops = [report_of(done.report or {}).of_kind(STOPS) for done in (checked, refused)]
    assert stops[0] == stops[1]
    return "\n".join(finding.text for finding in stops[0])


def test_stories_that_contradict_each_other_are_refused_with_both_places(own: Coach) -> None:
    story = with_story(shipped(), "blame", "raar", [{"intent": "express_hurt"}, {"action": "utter_blame_hear"}])
    told = refusal_of(story)
    assert "'raar' (Verwijt)" in told and "'gekwetst' (Pijn)" in told


def test_violence_under_small_talk_is_refused_with_the_message(own: Coach) -> None:
    """Before anything is trained on it: the published detector and its patterns look at the example."""
    told = refusal_of(with_examples(shipped(), "greet", add=["hij sloeg me gisteren weer in mijn gezicht"]))
    assert "'hij sloeg me gisteren weer in mijn gezicht' staat als voorbeeld bij \"zegt hallo\"" in told


def test_a_kill_in_the_midst_of_it_leaves_what_was_published(own: Coach) -> None:
    job_id = ask_for(wanted(PUBLISH, greeting_with(NEW)))
    deadline = time.monotonic() + MOST_SECONDS
    while not (found := job(job_id)) or not found.step.startswith("Trainen"):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    worker = worker_of(job_id)
    assert worker is not None
    os.kill(worker, signal.SIGKILL)
    done = ended(job_id)
    assert (done.status, done.problem) == ("failed", INTERRUPTED)
    assert published_number() == 0
    assert len(list((own.folder / "models").glob("*.tar.gz"))) == 1, "no half model"


async def test_a_version_is_published_while_visitors_talk(own: Coach) -> None:
    assert NEW not in await greeting_of(own)
    done, talkers = await under_load(own, wanted(PUBLISH, greeting_with(NEW)))
    assert done.problem is None
    assert (done.status, published_number()) == ("done", 1)
    await all_was_answered_and_kept(own, talkers)
    assert NEW in await greeting_of(own)
    found = version(1)
    assert (found.author, found.note) == ("lilia", "een warmer begin")
    assert found.report is not None and report_of(found.report).fit
    # The open conversations go on.
    later = Talker()
    later.session, enough = talkers[0].session, asyncio.Event()
    asyncio.get_running_loop().call_later(2, enough.set)
    await later.talk(own, enough)
    assert later.heard
    said = [line["text"] for line in await talkers[0].history(own) if line["from"] == "user"]
    assert said == talkers[0].said + later.said


def test_a_draft_is_tried_and_the_practice_hears_nothing(own: Coach) -> None:
    done = ended(ask_for(wanted(TRY, greeting_with("Hallo en welkom hier."))))
    assert done.problem is None
    deadline = time.monotonic() + MOST_SECONDS
    answers: dict[int, str] = {}
    while len(answers) < 2:
        assert time.monotonic() < deadline
        trial = running_trial()
        for port in (trial.draft_port, trial.published_port) if trial else ():
            if port not in answers:
                try:
                    body = {"sender": f"x-{port}", "message": "/greet"}
                    said = own.http.post(f"http://127.0.0.1:{port}/webhooks/rest/webhook", json=body).json()
                    answers[port] = said[0]["text"]
                    alarm = own.http.post(f"http://127.0.0.1:{port}/webhooks/rest/webhook", json={**body, "message": "hij slaat me"})
                    assert "0800-2000" in str(alarm.json())
                except OSError:
                    pass
                except Exception as problem:
                    if "Connect" not in type(problem).__name__:
                        raise
        time.sleep(1)
    assert trial is not None
    assert "Hallo en welkom hier." in answers[trial.draft_port]
    assert NEW in answers[trial.published_port]
    with engine().connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM handoffs").scalar() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM events WHERE sender_id LIKE 'x-%'").scalar() == 0
    assert published_number() == 1


async def test_a_version_is_taken_back_while_visitors_talk(own: Coach) -> None:
    done, talkers = await under_load(own, wanted(TAKE_BACK, None, 0))
    assert done.problem is None
    assert (done.status, published_number()) == ("done", 0)
    await all_was_answered_and_kept(own, talkers)
    assert NEW not in await greeting_of(own)
