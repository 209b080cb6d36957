"""The first-step plan: answers in any order, taken back, left open; and what holds somebody back from it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.first_step import FORM, OPEN, ActionChangePlan, ActionClearPlan, ValidateFirstStepForm, wants_no_contact
from actions.holding_back import REASONS, THEN, ActionHoldBack, reasons
from actions.own_message import FORM as OWN_FORM
from actions.own_message import ValidateOwnMessageForm
from bot.settings import ROOT
from tests.databases import Database

RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["responses"]


def said(name: str) -> dict[str, Any]:
    return {"event": "bot", "text": "…", "metadata": {"utter_action": name}}


def answer(
    text: str,
    asked: str | None,
    *,
    intent: str = "express_hurt",
    before: tuple[dict[str, Any], ...] = (),
    alarm: dict[str, Any] | None = None,
    **plan: str,
) -> tuple[dict[str, Any], list[str]]:
    """The slots after an answer to what was asked, and the responses that were said."""
    latest = {"event": "user", "text": text, "intent": {"name": intent}, "alarm": alarm}
    events = [{"event": "action", "name": "action_clear_plan"}, *before, {"event": "action", "name": "action_listen"}, latest]
    slots = {"step_when": None, "step_where": None, "step_sentence": None, **plan, "requested_slot": asked}
    tracker = Tracker("s", slots, latest, events, False, None, {"name": FORM}, "action_listen")
    dispatcher = CollectingDispatcher()
    found = ValidateFirstStepForm().run(dispatcher, tracker, {})
    return {event["name"]: event.get("value") for event in found}, [message["response"] for message in dispatcher.messages]


def test_an_answer_fills_what_was_asked() -> None:
    assert answer("morgenavond na het eten", "step_when") == (
        {"step_when": "morgenavond na het eten", "step_where": None, "step_sentence": None},
        [],
    )


def test_one_message_may_answer_two_questions() -> None:
    slots, _ = answer("zaterdagochtend aan de keukentafel", "step_when")
    assert (slots["step_when"], slots["step_where"]) == ("zaterdagochtend", "aan de keukentafel")


def test_the_first_message_may_hold_the_plan() -> None:
    slots, _ = answer("ik wil zondag in het bos met haar praten, hoe begin ik", None)
    assert (slots["step_when"], slots["step_where"]) == ("zondag", "in het bos")


def test_an_answer_is_taken_back() -> None:
    slots, responses = answer("nee wacht, doe zondag", "step_where", step_when="zaterdag")
    assert (slots["step_when"], slots["step_where"]) == ("zondag", None)
    assert responses == ["utter_step_changed"]


def test_no_idea_gets_a_hint_and_then_stays_open() -> None:
    assert answer("geen idee", "step_where")[1] == ["utter_hint_step_where"]
    slots, _ = answer("geen idee", "step_where", before=(said("utter_hint_step_where"),))
    assert slots["step_where"] == OPEN


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("jij luistert nooit", "general"),
        ("ik vind dat jij egoïstisch bent", "verdict"),
        ("waarom doe je zo", "why"),
        ("je hebt gelogen", "you"),
    ],
)
def test_a_sentence_that_accuses_is_quoted_and_asked_again(sentence: str, kind: str) -> None:
    slots, responses = answer(sentence, "step_sentence", step_when="morgen", step_where="thuis")
    assert slots["step_sentence"] is None
    assert responses == [f"utter_accuses_{kind}"]
    assert {f"utter_accuses_{kind}"} <= set(RESPONSES)


def test_after_two_times_the_sentence_is_theirs() -> None:
    before = (said("utter_accuses_general"), said("utter_accuses_you"))
    assert answer("jij luistert nooit", "step_sentence", before=before)[0]["step_sentence"] == "jij luistert nooit"


def test_the_lead_in_is_no_part_of_the_sentence() -> None:
    assert answer("dan zeg ik: 'ik mis ons'", "step_sentence")[0]["step_sentence"] == "ik mis ons"


def test_the_plan_is_a_card_to_keep_and_a_text_with_the_same_rows() -> None:
    for row in RESPONSES["utter_first_step_plan"]:
        card = row["custom"]["card"]
        assert [line["label"] for line in card["rows"]] == ["Wanneer", "Waar", "Eerste zin", "Als het anders loopt"]
        assert all(f"{line['label']}: {line['text']}" in row["text"] for line in card["rows"])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("waarom moet ik altijd de eerste zijn", "turn"),
        ("uit trots denk ik", "pride"),
        ("ik ben bang dat hij me weer afwijst", "fear"),
        ("ik schaam me te veel", "shame"),
        ("laat hem eerst maar eens voelen wat hij deed", "feel_first"),
        ("het heeft toch geen zin", "useless"),
    ],
)
def test_each_reason_is_recognised(text: str, first: str) -> None:
    assert reasons(text)[0] == first


def hold_back(text: str, *before: str) -> str:
    latest = {"event": "user", "text": text, "intent": {"name": "resist_first_step"}}
    tracker = Tracker("s", {}, latest, [*map(said, before), latest], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    ActionHoldBack().run(dispatcher, tracker, {})
    return str(dispatcher.messages[0]["response"])


def test_each_reason_is_answered_once_then_courage_then_the_choice() -> None:
    assert hold_back("ik wil gewoon niet") == "utter_resist_hear"
    assert hold_back("uit trots", "utter_resist_hear") == "utter_resist_pride"
    assert hold_back("uit trots", "utter_resist_hear", "utter_resist_pride") == "utter_resist_courage"
    assert hold_back("nee", *THEN) == "utter_resist_choice"
    assert {f"utter_resist_{name}" for name, _ in REASONS} <= set(RESPONSES)


def own_message(text: str, intent: str = "express_hurt", *before: str) -> tuple[Any, list[str]]:
    latest = {"event": "user", "text": text, "intent": {"name": intent}}
    events = [
        {"event": "action", "name": "action_clear_own_message"},
        *map(said, before),
        {"event": "action", "name": "action_listen"},
        latest,
    ]
    tracker = Tracker("s", {"requested_slot": "own_message"}, latest, events, False, None, {"name": OWN_FORM}, "action_listen")
    dispatcher = CollectingDispatcher()
    found = ValidateOwnMessageForm().run(dispatcher, tracker, {})
    return found[0]["value"], [message["response"] for message in dispatcher.messages]


def test_an_ik_boodschap_is_practised() -> None:
    assert own_message("jij bent altijd weg") == (None, ["utter_accuses_general"])
    assert own_message("ik voel me alleen als je laat thuiskomt.") == ("ik voel me alleen als je laat thuiskomt", ["utter_message_good"])
    assert own_message("weet ik niet") == (None, ["utter_hint_own_message"])
    assert own_message("nee", "deny") == (None, [])


@pytest.mark.parametrize(
    ("text", "said_then", "changed", "follow"),
    [
        ("ik wil een andere dag", ["utter_plan_change_one"], {"step_when": None}, FORM),
        ("toch liever een andere zin", ["utter_plan_change_one"], {"step_sentence": None}, FORM),
        ("een andere plek, in het park", ["utter_step_changed", "utter_first_step_plan"], {"step_where": "in het park"}, "reminder_form"),
        ("verander de dag naar zondag", ["utter_step_changed", "utter_first_step_plan"], {"step_when": "zondag"}, "reminder_form"),
        ("verander mijn plan", ["utter_plan_change_which"], {}, None),
    ],
)
def test_one_part_of_the_finished_plan_is_changed(
    database: Database, text: str, said_then: list[str], changed: dict[str, Any], follow: str | None
) -> None:
    dispatcher = CollectingDispatcher()
    tracker = Tracker("s", {}, {"text": text}, [], False, None, {}, "action_listen")
    events = ActionChangePlan().run(dispatcher, tracker, {})
    assert [message["response"] for message in dispatcher.messages] == said_then
    assert {event["name"]: event["value"] for event in events if event["event"] == "slot"} == changed
    assert next((event["name"] for event in events if event["event"] == "followup"), None) == follow


@pytest.mark.parametrize(
    ("text", "asked", "kept"),
    [
        ("ik wil haar bloemen geven", "step_when", {}),
        ("per whatsapp?", "step_when", {}),
        ("ja maar als ik begin dan word ik kwaad en dan begint zij te bleiten", "step_when", {}),
        ("help me een eerste stap te zetten", "step_when", {}),
        ("vanavond na het eten", "step_where", {"step_when": "vanavond na het eten"}),
        ("ik mis haar", "step_where", {}),
        ("gewoon in de keuken", "step_sentence", {"step_where": "in de keuken"}),
    ],
)
def test_an_answer_to_another_question_goes_where_it_belongs_and_it_is_asked_again(text: str, asked: str, kept: dict[str, str]) -> None:
    slots, replies = answer(text, asked)
    assert slots == {"step_when": None, "step_where": None, "step_sentence": None, **kept}
    assert replies == [f"utter_hint_{asked}"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("als ik thuis kom", "step_when"),
        ("maar zaterdag dan", "step_when"),
        ("ik kan alleen in het weekend", "step_when"),
        ("bij mijn moeder", "step_where"),
        ("ik wil zaterdag met je praten", "step_sentence"),
    ],
)
def test_what_answers_in_a_whole_sentence_is_taken(text: str, asked: str) -> None:
    assert answer(text, asked)[0][asked] == text


EMPTY = {"step_when": None, "step_where": None, "step_sentence": None}


def ended(text: str, asked: str, *before: dict[str, Any]) -> tuple[str, list[str]]:
    """How an answer ends the form: what follows, and what is said."""
    latest = {"event": "user", "text": text, "intent": {"name": "express_hurt"}}
    slots = {"step_when": "zondag", "step_where": "thuis", "step_sentence": None, "requested_slot": asked}
    tracker = Tracker(
        "s", slots, latest, [*before, {"event": "action", "name": "action_listen"}, latest], False, None, {"name": FORM}, "action_listen"
    )
    dispatcher = CollectingDispatcher()
    events = ValidateFirstStepForm().run(dispatcher, tracker, {})
    assert {event["name"]: event.get("value") for event in events if event["event"] == "slot"} == EMPTY | {"requested_slot": None}
    assert events[-1]["event"] == "followup"
    return events[-1]["name"], [message["response"] for message in dispatcher.messages]


HARM = [
    "toen verloor hij zijn geduld",
    "hij heeft mij toen wat laten voelen",
    "mijn pols zit in het gips",
    "ik hoop dat hij niet ontploft",
    "ik heb een blauw oog",
]


@pytest.mark.parametrize("text", HARM)
@pytest.mark.parametrize("asked", ["step_when", "step_where", "step_sentence"])
def test_no_plan_is_made_of_harm(text: str, asked: str) -> None:
    assert ended(text, asked) == ("utter_concern_partner_violence", [])
    assert ended(text, asked, said("utter_concern_partner_violence")) == ("action_listen", ["utter_concern_numbers"])


LEFT_ALONE = [
    "ze heeft me geblokkeerd",
    "hij blokkeert mij overal",
    "ze zei laat me met rust",
    "mijn ex wil geen contact, ik leg een brief aan haar deur",
    "hij wil me nooit meer zien",
    "ik heb een contactverbod",
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_whoever_wants_no_contact_is_left_alone(text: str) -> None:
    assert ended(text, "step_when") == ("action_listen", ["utter_step_left_alone"])
    events = [{"event": "user", "text": text}, {"event": "user", "text": "hoe krijg ik haar terug"}]
    dispatcher = CollectingDispatcher()
    cleared = ActionClearPlan().run(dispatcher, Tracker("s", {}, events[-1], events, False, None, {}, "action_listen"), {})
    assert (cleared[-1]["event"], cleared[-1]["name"]) == ("followup", "action_listen")
    assert [message["response"] for message in dispatcher.messages] == ["utter_step_left_alone"]
    begun = Tracker("s", dict(EMPTY), events[-1], events, False, None, {}, "action_listen")
    assert ValidateFirstStepForm().run(dispatcher, begun, {})[-1]["name"] == "action_listen"
    assert not wants_no_contact([text, "ze heeft me gedeblokkeerd"])


@pytest.mark.parametrize(
    "text",
    [
        "ik heb hem geblokkeerd",
        "ik wil even met rust gelaten worden",
        "ze wil rustig praten",
        "hij wil geen ruzie meer",
        "ik wil geen contact met zijn moeder",
        "we hebben weinig contact",
    ],
)
def test_a_plan_may_be_made_with_anybody_else(text: str) -> None:
    assert not wants_no_contact([text])


def test_of_what_sounds_unclear_only_the_moment_and_the_place_are_kept() -> None:
    doubt = {"category": "partner_violence", "level": "concern", "score": 0.4, "layer": "classifier"}
    assert answer("zondag, dan is hij rustig", "step_when", alarm=doubt) == (EMPTY | {"step_when": "zondag"}, [])
    assert answer("dan is hij niet kwaad", "step_when", alarm=doubt) == (EMPTY, ["utter_hint_step_when"])
    slots, responses = answer("niet kwaad worden", "step_sentence", alarm=doubt, step_when="zondag", step_where="thuis")
    assert (slots["step_sentence"], responses) == (None, ["utter_hint_step_sentence"])


@pytest.mark.parametrize("text", ["toen werd het stil", "hij was boos", "we zijn weggegaan"])
@pytest.mark.parametrize("asked", ["step_when", "step_where"])
def test_what_happened_before_is_no_moment_or_place(text: str, asked: str) -> None:
    assert answer(text, asked) == (EMPTY, [f"utter_hint_{asked}"])


def test_a_subject_is_no_moment_and_a_wrong_moment_is_changed() -> None:
    slots, responses = answer("over het huis, hij wil verkopen en ik niet", "step_when")
    assert (slots["step_when"], responses) == (None, ["utter_hint_step_when"])
    assert answer("over twee weken", "step_when")[0]["step_when"] == "over twee weken"
    slots, _ = answer("het moment klopt niet, het is zaterdag", "step_where", step_when="vrijdag")
    assert slots["step_when"] == "zaterdag"
