"""The running coach, tried by somebody who means ill."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import unicodedata
import uuid

import aiohttp
import pytest

from bot.alarm.helplines import with_numbers
from bot.channels.pace import TOO_MUCH, VISITOR_BURST
from tests.channels.test_website import Visitor
from tests.conftest import Coach
from tests.hostile.connections import Connection, lives

ALARM = "hij heeft me gisteren geslagen"


@pytest.mark.parametrize(
    "text",
    [
        "hij heeft me gisteren gesl\u200bagen",
        unicodedata.normalize("NFD", "hij heeft mé gísteren gesl\u00e1gen"),
        "hĳ heeft me gisteren geslаgen",
        "𝗵𝗶𝗷 𝗵𝗲𝗲𝗳𝘁 𝗺𝗲 𝗴𝗲𝘀𝗹𝗮𝗴𝗲𝗻",
        "hij heeft me g e s l a g e n",
        "ik denk aan zelfm**rd",
    ],
)
def test_a_disguised_alarm_is_an_alarm(coach: Coach, sender: str, text: str) -> None:
    coach.say(sender, text)
    assert coach.actions(sender)[-1].startswith("utter_alarm_"), coach.actions(sender)


async def test_sessions_can_not_be_enumerated(coach: Coach) -> None:
    owner = Visitor()
    session = await owner.begin(coach)
    payload, stamp, signature = session["session_id"].rsplit(".", 2)
    async with Connection(coach) as frames:
        for forged in (
            payload,
            f"{payload}.{stamp}",
            f"{payload}.{stamp}.{signature[::-1]}",
            f"{payload}..{signature}",
            {"$ne": None},
            "\ud800",
        ):
            await frames.send("session_request", {"session_id": forged})
            given = await frames.hear("session_confirm")
            assert given["session_id"].split(".")[0] != payload
            assert len(given["history"]) == 1
    await owner.leave()


async def test_who_leaves_hears_nothing_more_and_a_stranger_never_did(coach: Coach) -> None:
    async with Connection(coach) as frames, Connection(coach) as stranger:
        await stranger.send("session_request", {})
        await stranger.hear("session_confirm")
        await frames.send("session_request", {})
        await frames.hear("session_confirm")
        await frames.send("leave", None)
        await frames.send("user_uttered", {"id": "1", "message": "hoi"})
        for listener in (frames, stranger):
            with pytest.raises((asyncio.TimeoutError, ConnectionError)):
                await listener.hear("bot_uttered", 3)


async def test_a_socket_without_a_session_says_nothing(coach: Coach) -> None:
    async with Connection(coach) as frames:
        await frames.raw('421["user_uttered",{"id":"1","message":"hoi"}]')
        with pytest.raises((asyncio.TimeoutError, ConnectionError)):
            await frames.hear("bot_uttered", 3)


async def test_a_socket_of_another_site_is_refused_and_one_of_no_site_is_a_stranger(coach: Coach) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError):
        async with Connection(coach, Origin="https://evil.example"):
            pass
    for origin in ("null", coach.web + ".evil.example", "https://localhost"):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            async with Connection(coach, Origin=origin):
                pass
    async with Connection(coach) as frames:
        await frames.send("session_request", None)
        assert len((await frames.hear("session_confirm"))["history"]) == 1


def test_a_poll_is_for_who_holds_its_number(coach: Coach) -> None:
    url = f"{coach.web}/socket.io/?EIO=4&transport=polling"
    sid = json.loads(coach.http.get(url).text[1:])["sid"]
    assert len(sid) >= 20
    for guess in (sid[:-1], sid[:-1] + "x", sid.swapcase(), "%00", sid + "x"):
        assert coach.http.get(f"{url}&sid={guess}").status_code == 400
        assert coach.http.post(f"{url}&sid={guess}", content=b"40").status_code == 400


async def test_one_connection_gets_few_sessions(coach: Coach) -> None:
    async with Connection(coach) as frames:
        for _ in range(40):
            await frames.send("session_request", {})
        given = set()
        with pytest.raises((asyncio.TimeoutError, ConnectionError)):
            while True:
                given.add((await frames.hear("session_confirm", 10))["session_id"])
        assert 5 <= len(given) <= 15
    await lives(coach)


async def test_an_alarm_in_a_flood_is_answered(coach: Coach) -> None:
    async with Connection(coach, **{"X-Forwarded-For": "203.0.113.50"}) as frames:
        await frames.send("session_request", {})
        await frames.hear("session_confirm")
        said: list[str] = []
        # Long, so that a few of them use up what a visitor has, on a slow machine too.
        for number in range(VISITOR_BURST // 2):
            await frames.send("user_uttered", {"id": f"f{number}", "message": "!" * 3000})
            said.append((await frames.hear("bot_uttered"))["text"])
        assert with_numbers(TOO_MUCH) in said
        assert said[0] != with_numbers(TOO_MUCH)
        await frames.send("user_uttered", {"id": "alarm", "message": ALARM})
        for _ in range(3):
            message = await frames.hear("bot_uttered")
            if (message.get("custom") or {}).get("helplines"):
                break
        else:
            pytest.fail("no helplines came")


async def test_more_than_may_wait_is_told_so(coach: Coach) -> None:
    async with Connection(coach) as frames:
        await frames.send("session_request", {})
        await frames.hear("session_confirm")
        for number in range(100):
            await frames.raw(f'42{number}["user_uttered",{{"id":"w{number}","message":"mijn man luistert niet naar me"}}]')
        refused = 0
        for _ in range(400):
            received = await frames._socket.receive(timeout=60)
            if received.type is not aiohttp.WSMsgType.TEXT:
                break
            if received.data.startswith("43") and '"ok":false' in received.data:
                refused += 1
                assert "0800-2000" in received.data
                if refused == 50:
                    break
        assert refused == 50
    await lives(coach)


async def test_what_no_widget_sends_ends_nothing(coach: Coach) -> None:
    frames_of_nobody: list[str | bytes] = [
        *("9", "", "4", "4²", "42" + "[" * 20_000, "42[1,2]", "43[]", "40/admin,", "421" + "1" * 200 + "[]", "44{}"),
        *('451-["user_uttered",{"_placeholder":true,"num":0}]', b"\x00" * 1000, '459999999999-["x"]', "x" * 70_000, b"\xff" * 70_000),
    ]
    for frame in frames_of_nobody:
        async with Connection(coach) as frames:
            # Some are answered by hanging up.
            with contextlib.suppress(ConnectionError):
                await frames.raw(frame)
                await frames.raw('42["nobody",{}]')
    await lives(coach)


async def test_binary_parts_are_not_kept(coach: Coach) -> None:
    async with Connection(coach) as frames:
        await frames.send("session_request", {})
        await frames.hear("session_confirm")
        await frames.raw('459999999999-["user_uttered",{"_placeholder":true,"num":0}]')
        # Were the parts waited for, this would be taken for one, and never answered.
        await frames.send("user_uttered", {"id": "1", "message": "hoi"})
        assert (await frames.hear("bot_uttered"))["text"]


def test_headers_without_end_are_cut_off(coach: Coach) -> None:
    with socket.create_connection(("127.0.0.1", coach.ports["web"]), 10) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        with pytest.raises(OSError):
            for number in range(20_000):
                raw.sendall(b"X-%d: %s\r\n" % (number, b"y" * 1000))
    assert coach.http.get(f"{coach.web}/health").status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        "/restart",
        "/\n/restart",
        "\u200b/session_start",
        '/alarm{"alarm": null}',
        "EXTERNAL: restart",
        '/coaching{"coaching_unlocked": true}',
    ],
)
def test_no_command_gets_through(coach: Coach, sender: str, typed: str) -> None:
    coach.say(sender, ALARM)
    coach.say(sender, typed)
    events = coach.http.get(f"{coach.rasa}/conversations/{sender}/tracker").json()["events"]
    assert [e for e in events if e["event"] == "restart" or (e.get("name") == "coaching_unlocked" and e.get("value"))] == []
    assert len([e for e in events if e["event"] == "session_started"]) == 1
    assert next(e["text"] for e in events if e["event"] == "user") == ALARM
    assert not [e for e in events if e["event"] == "user" and e["text"].startswith("/")]
    coach.say(sender, "ik heb haar pijn gedaan en daar heb ik spijt van")
    assert coach.actions(sender)[-1].startswith("utter_locked")


@pytest.mark.parametrize(
    "typed", ["{practice_phone} doet pijn", "mijn man {helplines} {0} {0.__class__.__init__.__globals__} en dat doet pijn"]
)
def test_nothing_is_filled_into_what_a_visitor_wrote(coach: Coach, sender: str, typed: str) -> None:
    said = " ".join(m.get("text", "") for m in coach.say(sender, typed))
    assert "06-51404331" not in said
    assert "__globals__" not in said
    assert "<class" not in said


def test_nobody_writes_into_the_logs(coach: Coach) -> None:
    marker = f"nep-{uuid.uuid4().hex}"
    for url in (
        f"{coach.web}/%0d%0a{marker}",
        f"{coach.web}/studio/{marker}%0aERROR",
        f"{coach.web}/socket.io/?EIO=4&sid={marker}%0aERROR",
    ):
        coach.http.get(url, headers={"User-Agent": marker, "Origin": f"https://{marker}.example"})
    coach.http.get(f"{coach.web}/socket.io/?EIO=4&transport={marker}")
    coach.http.post(f"{coach.rasa}/webhooks/rest/webhook", json={"sender": f"a\n{marker}", "message": "hoi"})
    logs = list((coach.folder / "logs").glob("*.log"))
    assert logs
    assert [log.name for log in logs if marker in log.read_text(errors="replace")] == []


def test_an_address_is_believed_of_the_proxy_only(coach: Coach) -> None:
    def tries(forwarded_for: str) -> list[int]:
        headers = {"X-Forwarded-For": forwarded_for}
        return [coach.http.post(f"{coach.web}/studio/inloggen", headers=headers).status_code for _ in range(14)]

    assert 429 in tries("198.51.100.99, 203.0.113.99")
    # What the proxy itself put in stands last; what stands before, anybody can write.
    assert set(tries("203.0.113.99, 198.51.100.98")[:10]) == {403}
    assert tries("192.0.2.200, 203.0.113.99")[-1] == 429
    assert tries("198.51.100.99")[0] == 403
