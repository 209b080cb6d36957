"""Too much at once: a kind message; an alarm is answered all the same."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace

import pytest

from bot.alarm.helplines import with_numbers
from bot.channels import pace
from bot.channels.pace import ADDRESS_BURST, MOST_WAITING_EACH, TOO_MUCH, VISITOR_BURST, Pace
from bot.channels.rasa_client import CoachUnreachable

CALM, ALARM = "gewoon iets", "hij slaat me"


class Detector:
    """The coach as the pace sees it: it knows an alarm, and takes its time."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.seconds = 0.0
        self.down = False
        self.at_once = self.most_at_once = 0

    async def sounds_alarm(self, sender: str, text: str) -> bool:
        if self.down:
            raise CoachUnreachable("down")
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self.seconds)
        self.at_once -= 1
        self.read.append(text)
        return "slaat" in text


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limiters' clock stands still."""
    monkeypatch.setattr("bot.channels.limits.time", SimpleNamespace(monotonic=lambda: 100.0))


@pytest.fixture
def detector() -> Detector:
    return Detector()


@pytest.fixture
def paced(detector: Detector) -> Pace:
    return Pace(detector)  # type: ignore[arg-type]


async def goes_on(paced: Pace, sender: str, text: str = CALM, address: str | None = None) -> bool:
    held = await paced.instead(sender, text, address)
    assert held in (None, [{"text": with_numbers(TOO_MUCH)}])
    return held is None


async def use_up(paced: Pace, sender: str, address: str | None = None) -> None:
    for _ in range(VISITOR_BURST):
        assert await goes_on(paced, sender, "", address)


async def test_a_person_is_never_held(paced: Pace, detector: Detector) -> None:
    for _ in range(20):
        assert await goes_on(paced, "web-a")
    assert detector.read == []


async def test_a_flood_is_held_and_an_alarm_in_it_goes_on(paced: Pace, detector: Detector) -> None:
    await use_up(paced, "web-a")
    assert [await goes_on(paced, "web-a") for _ in range(5)] == [False] * 5
    assert await goes_on(paced, "web-a", ALARM)
    assert await goes_on(paced, "web-a", "hij sl\u200baat me")
    assert not await goes_on(paced, "web-a", "/restart")
    assert await goes_on(paced, "web-b")


async def test_long_texts_cost_more(paced: Pace) -> None:
    held = [not await goes_on(paced, "web-a", "woord " * 600) for _ in range(10)]
    assert held[:3] == [False] * 3
    assert any(held)


async def test_many_visitors_of_one_address_are_held_and_an_alarm_is_not(paced: Pace) -> None:
    went = [await goes_on(paced, f"web-{n}", address="203.0.113.7") for n in range(ADDRESS_BURST + 50)]
    assert ADDRESS_BURST * 0.7 < sum(went) <= ADDRESS_BURST
    assert await goes_on(paced, "web-new", ALARM, "203.0.113.7")
    assert await goes_on(paced, "web-new", CALM, "203.0.113.8")
    # Who is in danger does not pay for the others.
    paced.note("web-new", [{"text": "…", "custom": {"helplines": [{"number": "112"}]}}])
    assert await goes_on(paced, "web-new", "nee", "203.0.113.7")
    paced.note("web-calm", [{"text": "…"}])
    assert not await goes_on(paced, "web-calm", "nee", "203.0.113.7")


async def test_a_payload_and_nothing_are_not_read(paced: Pace, detector: Detector) -> None:
    await use_up(paced, "web-a")
    for text in ("/affirm", "", "😭", "x" * 5000):
        assert not await goes_on(paced, "web-a", text)
    assert detector.read == []


async def test_beyond_the_limits_one_at_a_time_with_rests(paced: Pace, detector: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "WAIT_SECONDS", 5.0)
    for number in range(5):
        await use_up(paced, f"web-{number}")
    detector.seconds = 0.05
    began = time.monotonic()
    went = await asyncio.gather(*(goes_on(paced, f"web-{number}", ALARM) for number in range(5)))
    assert went == [True] * 5
    assert detector.most_at_once == 1
    # Four pauses of three times as long as the reading took.
    assert time.monotonic() - began > 5 * 0.05 + 4 * 3 * 0.05


async def test_what_waits_is_bounded_and_the_answer_has_the_numbers(
    paced: Pace, detector: Detector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "WAIT_SECONDS", 0.2)
    await use_up(paced, "web-a")
    detector.seconds = 0.15
    began = time.monotonic()
    went = await asyncio.gather(*(goes_on(paced, "web-a", ALARM) for _ in range(200)))
    assert time.monotonic() - began < 2
    assert sum(went) < MOST_WAITING_EACH
    assert all(number in with_numbers(TOO_MUCH) for number in ("112", "0800-2000", "113"))
    assert paced._waiting == {}


async def test_without_the_coach_the_numbers_come(paced: Pace, detector: Detector) -> None:
    await use_up(paced, "web-a")
    detector.down = True
    assert not await goes_on(paced, "web-a", ALARM)


def test_beginnings_are_counted_by_address(paced: Pace) -> None:
    begun = [paced.may_begin("203.0.113.7") for _ in range(100)]
    assert begun[:50] == [True] * 50
    assert not begun[-1]
    assert paced.may_begin("203.0.113.8")
    assert all(paced.may_begin(None) for _ in range(1000))
