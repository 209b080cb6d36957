"""The same message gets the same reply over REST, in the widget and in Telegram: the forms differ, the words do not."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from bot.channels.rest import NO_TEXT
from tests.channels.test_website import Visitor
from tests.conftest import Coach
from tests.conversations.test_telegram import said as telegram_said
from tests.conversations.test_telegram import sender, visitor
from tests.fake_telegram import Person

# Long on two cores: with the other long ones (make test-cluster).
pytestmark = pytest.mark.cluster

__all__ = ["visitor"]

# Thirty messages in four conversations; each begins after the one before was erased.
CONVERSATIONS = (
    [
        "hoi",
        "wat kun je voor me doen?",
        "hij heeft me gisteren uitgelachen waar al zijn vrienden bij waren, dat doet zo'n pijn",
        "ik voelde me zo vernederd door hem",
        "wie leest dit mee?",
        "praat ik met een mens?",
        "moet ik hem dan maar vergeven?",
        "😭😭",
        "dankjewel, daar heb ik wat aan",
    ],
    [
        "ik heb haar pijn gedaan en daar heb ik spijt van",
        "ik heb haar voor haar ouders voor schut gezet, en dat spijt me enorm",
        "wat vind je van dit berichtje: lieve Sam, sorry dat je je zo voelt, maar jij begon",
        "waarom moet ik altijd de eerste zijn",
        "wat kost een kennismakingsgesprek",
        "laat maar, stop hiermee",
        "tot later",
    ],
    [
        "het is altijd zijn schuld, hij denkt alleen aan zichzelf",
        "hoe kan ik hem ooit weer vertrouwen",
        "hij heeft sorry gezegd maar ik weet niet of hij het meent",
        "ze wil er niet over praten, ze klapt dicht",
        "wat voor weer wordt het morgen",
        "/alarm",
        "ik kan niet meer",
    ],
    [
        "hij heeft me gisteren geslagen",
        "oh laat maar, het valt wel mee",
        "hoe zeg ik sorry tegen hem",
        "hij staat nu voor de deur met een mes",
        "kan ik een echte therapeut spreken",
        "laat maar",
        "dankjewel",
    ],
)


async def test_thirty_messages(coach: Coach, visitor: Person) -> None:
    assert sum(map(len, CONVERSATIONS)) == 30
    for number, messages in enumerate(CONVERSATIONS):
        rest, web, telegram = f"rest-{number}-{visitor.id}", Visitor(), sender(coach, visitor)
        opened = await web.begin(coach)
        web_sender = conversation_of(coach, opened["session_id"])
        # The coach speaks first in the widget and in Telegram.
        await asyncio.to_thread(coach.say, rest, "/greet")
        await telegram_said(visitor, "/start")
        counts = {name: len(turns(coach, name)) for name in (rest, web_sender, telegram)}
        for text in messages:
            heard = {
                rest: [message for message in await asyncio.to_thread(coach.say, rest, text)],
                web_sender: await all_answers(web, text),
                telegram: [{"text": line} for line in await telegram_said(visitor, text)],
            }
            replies = []
            for name, answers in heard.items():
                now = turns(coach, name)
                new, counts[name] = now[counts[name] :], len(now)
                # What is read in the channel is, word for word, what the coach said in the conversation.
                said = words([event for event in new if event["event"] == "bot"])
                # What has no words in it is answered at the door, and is not kept.
                assert words(answers) == said or (not said and words(answers) in NO_TEXT.values()), (text, name)
                replies.append(reply(new))
            assert replies[0] == replies[1] == replies[2], text
        await web.leave()
        await telegram_said(visitor, "/verwijder")
        before = len(visitor.chat)
        visitor.presses("Ja, wis alles")
        await visitor.hears(before + 1)
        await asyncio.sleep(2)


def turns(coach: Coach, name: str) -> list[dict[str, Any]]:
    """What the coach did and said in a conversation."""
    events = coach.http.get(f"{coach.rasa}/conversations/{name}/tracker").json()["events"]
    return [event for event in events if event["event"] in ("action", "bot")]


def reply(events: list[dict[str, Any]]) -> list[tuple[str, list[str], list[str]]]:
    """By response: its buttons, and the helplines with it. Which of its wordings is said is left to chance; some have no helplines."""
    said = [event for event in events if event["event"] == "bot"]
    varied = ("utter_alarm_again_", "utter_locked_listen_")
    return [
        (
            (event["metadata"] or {}).get("utter_action", ""),
            [button["title"] for button in event["data"].get("buttons") or []],
            [line["number"] for line in (event["data"].get("custom") or {}).get("helplines", [])]
            if not str((event["metadata"] or {}).get("utter_action")).startswith(varied)
            else [],
        )
        for event in said
    ]


def words(messages: list[dict[str, Any]]) -> str:
    return " ".join(re.sub(r"\s+", " ", message.get("text") or "").strip() for message in messages if message.get("text")).strip()


async def all_answers(web: Visitor, text: str) -> list[dict[str, Any]]:
    """The acknowledgement comes after the answers."""
    assert await web.say(text) == {"ok": True}
    answers = []
    while not web.heard.empty():
        answers.append(web.heard.get_nowait())
    return answers


def conversation_of(coach: Coach, session_id: str) -> str:
    from bot.channels.sessions import Sessions, signing_key

    found = Sessions(signing_key(coach.folder), 30).sender_of(session_id)
    assert found is not None
    return found
