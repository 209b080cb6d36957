from bot.channels.history import messages_of


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
        {"from": "bot", "text": "Goed.", "custom": {"helplines": []}},
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
