from typing import Any

import pytest
from rasa.core.actions.action import create_bot_utterance
from rasa.core.channels.channel import CollectingOutputChannel

from bot.channels.history import LEFT, bot_message, left, messages_of


def test_a_pressed_button_is_shown_by_its_title() -> None:
    events = [
        {"event": "user", "text": "/greet"},
        {"event": "action", "name": "utter_hurt_message"},
        {
            "event": "bot",
            "text": "Zullen we?",
            "data": {"buttons": [{"title": "Ja, graag", "payload": "/affirm"}]},
        },
        {"event": "user", "text": "/affirm"},
        {"event": "bot", "text": "Goed.", "data": {"custom": {"helplines": []}}},
    ]
    assert messages_of(events) == [
        {"from": "bot", "text": "Zullen we?", "buttons": [{"title": "Ja, graag", "payload": "/affirm"}]},
        {"from": "user", "text": "Ja, graag"},
        {"from": "bot", "text": "Goed."},
        {"from": "bot", "custom": {"helplines": []}},
    ]


def test_a_person_is_shown_by_name_and_a_message_by_its_id() -> None:
    events = [
        {"event": "bot", "text": "Lilia schrijft nu.", "metadata": {"utter_action": "utter_person_here", "message_id": "1"}},
        {"event": "bot", "text": "Hallo", "data": {}, "metadata": {"therapist": "Lilia", "message_id": "2"}},
        {"event": "bot", "text": "Gewoon", "data": {"buttons": None}, "metadata": {"utter_action": "utter_greet"}},
        {"event": "user", "text": "Dank je", "message_id": "3"},
    ]
    assert messages_of(events) == [
        {"from": "bot", "id": "1", "text": "Lilia schrijft nu."},
        {"from": "person", "name": "Lilia", "id": "2", "text": "Hallo"},
        {"from": "bot", "text": "Gewoon"},
        {"from": "user", "text": "Dank je", "id": "3"},
    ]


def test_every_message_has_its_moment_and_the_visitors_their_id() -> None:
    events = [
        {"event": "user", "text": "hoi", "timestamp": 1.5, "message_id": "a"},
        {"event": "bot", "text": "Dag", "timestamp": 2.5},
    ]
    assert messages_of(events) == [
        {"from": "user", "text": "hoi", "id": "a", "at": 1.5},
        {"from": "bot", "at": 2.5, "text": "Dag"},
    ]


@pytest.mark.parametrize(
    "response",
    [
        {"text": "Eén.\n\nTwee.", "custom": {"helplines": [{"name": "113"}]}},
        {"text": "Eén.\n\nTwee.", "buttons": [{"title": "Ja", "payload": "/affirm"}]},
        {"text": "Kijk.", "custom": {"image": "/x/a.png", "alt": "Een web met vijf punten"}},
        {"text": "Kijk.", "image": "https://x.nl/a.png"},
        {"text": None, "custom": {"card": {"title": "Plan", "rows": []}}},
    ],
)
async def test_the_history_shows_what_was_shown(response: dict[str, Any]) -> None:
    answers = CollectingOutputChannel()
    await answers.send_response("web-c", dict(response))
    event = create_bot_utterance(dict(response)).as_dict()
    history = [{key: value for key, value in message.items() if key != "at"} for message in messages_of([event])]
    assert history == [bot_message(answer) for answer in answers.messages]


def test_what_a_person_said_stays_in_one_piece() -> None:
    said = {"event": "bot", "text": "Eén.\n\nTwee.", "data": {}, "metadata": {"therapist": "Lilia", "message_id": "2"}}
    assert [message["text"] for message in messages_of([said])] == ["Eén.\n\nTwee."]


def test_a_visitor_who_left_is_known_by_it_and_nothing_of_it_is_shown() -> None:
    assert left([{"event": "user", "text": "hoi"}, LEFT])
    assert not left([{"event": "bot", "text": "hoi", "metadata": {}}])
    assert messages_of([LEFT]) == []


def test_beside_a_card_its_text_says_only_what_the_card_does_not() -> None:
    card = {"title": "Je plan", "rows": [{"label": "Wanneer", "text": "zaterdag\nof zondag"}, {"label": "Waar", "text": "thuis"}]}
    text = "Dit is je plan:\nWanneer: zaterdag\nof zondag\nWaar: thuis\nPas het gerust aan."
    event = {"event": "bot", "text": text, "data": {"custom": {"card": card}}}
    assert messages_of([event]) == [
        {"from": "bot", "text": "Dit is je plan:\nPas het gerust aan."},
        {"from": "bot", "custom": {"card": card}},
    ]
