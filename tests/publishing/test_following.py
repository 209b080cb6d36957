"""A new version takes over from the one that runs, or does not, and then nothing has changed. With stand-ins for the Rasa servers."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from bot.channels.rasa_client import RasaClient
from bot.content.drafts import draft_of, save
from bot.content.files import Content, shipped
from bot.content.stories import stories
from bot.content.versions import NewVersion, publish_new, published, published_number, versions
from bot.publishing import rollout
from bot.publishing.following import Follower
from bot.publishing.jobs import PUBLISH, TAKE_BACK, Wanted, ask_for, claim, end_interrupted, fail, hand_over, job
from bot.publishing.rollout import Hands, RasaServer, free_port, stop
from bot.publishing.servers import behind
from bot.rasa_address import current_port, send_turns_to
from bot.settings import settings
from bot.store.database import session
from tests.databases import Database

PROGRAM = Path(__file__).with_name("rasa_stand_in.py")
FIRST = {story.steps[0].get("intent"): story.steps[1].get("action") for story in stories(shipped()) if len(story.steps) > 1}


def changed(new: str = "Wat goed dat je er bent.") -> Content:
    return {**shipped(), "domain.yml": shipped()["domain.yml"].replace("Fijn dat je er bent.", new)}


class World:
    """One server's supervisor, with its hands."""

    def __init__(self) -> None:
        self.how = "well"
        self.meanwhile: Callable[[], None] = lambda: None
        # A stand-in may be there before the supervisor has once looked: then `meanwhile` is never called.
        self.at_start: Callable[[], None] = lambda: None
        self.started: list[subprocess.Popen[bytes]] = []
        port = free_port()
        self.running = RasaServer(self.start(Path("first"), port), port, Path("first"))
        wait_for(port)
        send_turns_to(port)
        self.follower = Follower(published_number())
        self.first = self.running

    def start(self, model: Path, port: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(PROGRAM), str(port), self.how, json.dumps(FIRST)]
        self.started.append(subprocess.Popen(command, start_new_session=True))
        self.at_start()
        return self.started[-1]

    def look(self) -> None:
        self.follower._next_look = 0.0
        self.running = self.follower.look(self.running, Hands(self.start, self.meanwhile))

    @property
    def alive(self) -> list[int]:
        return [process.pid for process in self.started if process.poll() is None]


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            if httpx.get(f"http://127.0.0.1:{port}/status", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
    raise AssertionError("the stand-in does not start")


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    published()
    made = World()
    yield made
    for process in made.started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def asked_for(content: Content | None = None, number: int | None = None, base: int = 0) -> str:
    """A job that waits for the supervisor."""
    kind = TAKE_BACK if content is None else PUBLISH
    job_id = ask_for(Wanted(kind, "lilia", "owner", base, content, number=number, note="warmer"))
    claim()
    hand_over(job_id, "new.tar.gz", {"findings": []} if content else None)
    return job_id


def test_a_draft_is_published_and_taken_back(world: World) -> None:
    draft = draft_of("owner")
    save(draft, draft.mark, "Lilia", changed())
    job_id = asked_for(changed())
    world.look()
    done = job(job_id)
    assert done is not None and done.status == "done" and done.problem is None
    assert published_number() == 1
    assert published().content == changed()
    assert (published().author, published().note) == ("lilia", "warmer")
    assert current_port() == world.running.port != world.first.port
    assert world.alive == [world.running.process.pid]
    assert draft_of("owner").revision == 0, "what was published is no draft any more"

    asked_for(number=0, base=1)
    world.look()
    assert published_number() == 0
    assert [line.number for line in versions()] == [1, 0]
    assert len(world.alive) == 1


def test_a_draft_that_was_changed_since_goes_on_upon_the_new_version(world: World) -> None:
    draft = draft_of("owner")
    draft = save(draft, draft.mark, "Lilia", changed())
    asked_for(changed())
    save(draft, draft.mark, "Lilia", changed("Hallo daar, fijn je te zien."))
    world.look()
    assert draft_of("owner").base.number == 1
    assert draft_of("owner").content == changed("Hallo daar, fijn je te zien.")


@pytest.mark.parametrize(("how", "told"), [("broken", "start niet op"), ("deaf", "geen alarm"), ("silent", "te langzaam")])
def test_a_version_that_does_not_do_leaves_everything_as_it_was(world: World, how: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if how == "silent":
        monkeypatch.setattr(rollout, "LOAD_SECONDS", 2)
    world.how = how
    job_id = asked_for(changed())
    world.look()
    ended = job(job_id)
    assert ended is not None and ended.status == "failed"
    assert told in str(ended.problem)
    assert (published_number(), len(versions())) == (0, 1)
    assert world.running is world.first
    assert world.alive == [world.first.process.pid]
    assert current_port() == world.first.port


def test_when_a_colleague_published_meanwhile_theirs_stays(world: World) -> None:
    job_id = asked_for(changed())
    with session() as db:
        publish_new(db, NewVersion(changed("Van Peter."), "peter", "", {}), expected=0)
    world.look()
    assert "Intussen is versie 1 gepubliceerd" in str(job(job_id).problem)  # type: ignore[union-attr]
    assert published().author == "peter"
    assert world.alive == [world.first.process.pid]


@pytest.mark.parametrize("how", ["restarted", "withdrawn"])
def test_a_job_that_ended_while_its_server_started_publishes_nothing(world: World, how: str) -> None:
    job_id = asked_for(changed())
    world.at_start = (lambda: end_interrupted("to_roll_out")) if how == "restarted" else (lambda: fail(job_id, "weg"))
    world.look()
    assert (published_number(), len(versions())) == (0, 1)
    assert world.alive == [world.first.process.pid]


def test_told_to_stop_in_the_midst_of_it_the_second_server_stops_and_nothing_is_published(world: World) -> None:
    class Stopped(BaseException):
        pass

    def stopping() -> None:
        raise Stopped

    asked_for(changed())
    world.meanwhile = stopping
    world.how = "silent"
    with pytest.raises(Stopped):
        world.look()
    assert published_number() == 0
    assert world.alive == [world.first.process.pid]


def test_another_servers_publication_is_caught_up_with_and_told_where_it_can_t_be(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.publishing.following.model_of", lambda _: settings().var_dir / "server.id")
    with session() as db:
        publish_new(db, NewVersion(changed(), "peter", "", {}), expected=0)
    world.how = "broken"
    world.look()
    assert [(server.number, "start niet op" in server.problem) for server in behind()] == [(0, True)]
    assert world.running is world.first
    world.look()
    assert len(world.started) == 2, "it is not tried again at once"
    world.how = "well"
    world.follower._retry.clear()
    world.look()
    assert behind() == []
    assert current_port() == world.running.port != world.first.port
    assert world.alive == [world.running.process.pid]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_turn_under_way_is_answered_by_the_server_that_it_went_to(world: World) -> None:
    client = RasaClient()
    slow = asyncio.create_task(client.say("a", "slaap 4"))
    await asyncio.sleep(0.5)
    asked_for(changed())
    publishing = asyncio.create_task(asyncio.to_thread(world.look))
    while current_port() == world.first.port:
        await asyncio.sleep(0.05)
    beside, after = await asyncio.gather(client.say("b", "hoi"), client.say("a", "hoi"))
    assert beside == [{"text": f"hier {current_port()}"}], "new conversations go to the new server"
    assert after == [{"text": f"hier {world.first.port}"}], "turns of one conversation never run beside each other"
    assert await slow == [{"text": f"hier {world.first.port}"}]
    await publishing
    assert await client.say("a", "hoi") == [{"text": f"hier {current_port()}"}]
    await client.close()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_stopping_a_server_that_is_gone_is_no_problem(world: World) -> None:
    stop(world.first)
    stop(world.first)
    assert world.alive == []
