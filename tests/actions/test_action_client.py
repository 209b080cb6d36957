"""What goes to the action server, and that its answers are checked, though not against Rasa's schema."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import test_utils, web
from rasa.core.actions.action import RemoteAction

from bot.action_client import ActionServer, check_answers_quickly


def test_a_malformed_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    check_answers_quickly()
    action = RemoteAction("action_x", None)
    action._validate_action_result({"events": [{"event": "slot", "name": "x", "value": 1}], "responses": [{"text": "hoi"}]})
    for malformed in ({"events": 3, "responses": []}, {"events": []}, ["events", "responses"], None):
        with pytest.raises(ValueError):
            action._validate_action_result(malformed)


async def test_an_action_gets_the_forms_and_the_sentences_that_it_puts_together() -> None:
    got: list[dict[str, Any]] = []

    async def answer(request: web.Request) -> web.Response:
        got.append(await request.json())
        return web.json_response({"events": [], "responses": []})

    app = web.Application()
    app.router.add_post("/webhook", answer)
    async with test_utils.TestServer(app) as server:
        client = ActionServer(str(server.make_url("/webhook")))
        responses = {name: [{"text": name}] for name in ("utter_review_gone", "utter_received_part_regret", "utter_greet")}
        call = {"next_action": "action_x", "domain": {"responses": responses, "intents": ["greet"], "slots": {}, "forms": {"a_form": {}}}}
        assert await client.request(json=call) == {"events": [], "responses": []}
        await client.request(json={"next_action": "action_y", "domain": {}})
        assert client._session is not None
        await client._session.close()
    assert list(got[0]["domain"]) == ["forms", "slots", "responses"]
    assert list(got[0]["domain"]["responses"]) == ["utter_review_gone", "utter_received_part_regret"]
    assert got[1] == {"next_action": "action_y", "domain": {}}
