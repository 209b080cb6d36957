"""In a trial each line says how it was understood and where the reply came from."""

from __future__ import annotations

from typing import Any

from bot.content.files import shipped
from bot.publishing.spoken_by import told


def heard(intent: str, text: str = "…", alarm: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"event": "user", "text": text, "parse_data": {"intent": {"name": intent}, "alarm": alarm}}


def said(
    action: str, policy: str = "policy_2_AugmentedMemoizationPolicy", buttons: list[dict[str, str]] | None = None
) -> list[dict[str, Any]]:
    bot = {"event": "bot", "text": f"({action})", "data": {"buttons": buttons or []}}
    return [{"event": "action", "name": action, "policy": policy}, bot, {"event": "action", "name": "action_listen"}]


def test_the_longest_story_that_fits_is_named() -> None:
    events = [heard("express_hurt"), *said("utter_hurt_hear"), heard("express_hurt"), *said("utter_hurt_deepen")]
    events += [heard("express_hurt"), *said("utter_hurt_need"), heard("express_hurt"), *said("utter_hurt_message")]
    lines = told([*events, heard("deny", "nee"), *said("utter_hurt_words", "policy_2_RulePolicy")], shipped())
    assert [line.who for line in lines] == ["visitor", "coach"] * 5
    assert lines[1].why == "'gekwetst' (Pijn)"
    assert lines[0].why == "de bezoeker vertelt over eigen pijn"
    assert lines[-2].why == "de bezoeker zegt nee"
    assert lines[-1].why == "vaste regel 'gekwetst, nee op oefenen' (Pijn)"


def test_fixed_parts_are_named_as_such() -> None:
    alarm = {"level": "acute", "category": "suicidality"}
    resume = {"event": "action", "name": "action_resume", "policy": "policy_1_RulePolicy"}
    events = [heard("greet"), resume, *said("utter_greet", "followup_action"), heard("alarm", "gevaar", alarm)]
    lines = told([*events, *said("utter_alarm_suicidality_acute", "policy_0_AlarmPolicy")], shipped())
    assert lines[1].why == "vaste regel 'greet' (Wat altijd geldt)"
    assert lines[2].why == "de bezoeker laat een alarmsignaal zien · acuut gevaar: gedachten aan zelfmoord"
    assert lines[3].why == "vast: veiligheid gaat voor"


def test_a_pressed_button_is_read_by_its_title() -> None:
    buttons = [{"title": "Ja, graag", "payload": "/affirm"}]
    lines = told([heard("greet"), *said("utter_greet", buttons=buttons), heard("affirm", "/affirm")], shipped())
    assert lines[1].buttons == (("Ja, graag", "/affirm"),)
    assert lines[2].text == "Ja, graag"


def test_nothing_said_is_nothing_told() -> None:
    assert told([], shipped()) == []
