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
