"""Answers of the action server are checked, though Rasa's own schema is no longer checked anew each time."""

from __future__ import annotations

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from bot.action_client import check_answers_once


def test_a_malformed_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    check_answers_once()
    action = RemoteAction("action_x", None)
    action._validate_action_result({"events": [{"event": "slot", "name": "x", "value": 1}], "responses": [{"text": "hoi"}]})
    with pytest.raises(ValidationError):
        action._validate_action_result({"events": 3, "responses": []})
