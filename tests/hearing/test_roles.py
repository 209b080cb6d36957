"""Who was hurt by whom, and what follows when somebody is taken for the one who did harm."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.hearing.policy import BELIEVED, HEAR, turn_reply
from bot.hearing.roles import done_to_visitor, says_wronged

CLAIMS = [
    "ik heb niks gedaan",
    "ík heb niks verkeerd gedaan",
    "maar ik heb niets verkeerds gedaan",
    "ik heb hem nooit bedrogen",
    "ik ben degene die gekwetst is",
    "ik ben het slachtoffer",
    "niet ik maar hij",
    "het is net andersom",
    "hij moet sorry zeggen, niet ik",
]
DONE = [
    "hij is vreemdgegaan, ik niet",
    "mijn man heeft me bedrogen",
    "ik ben bedrogen door mijn man",
    "ze heeft me vernederd waar iedereen bij was",
    "ik ontdekte dat hij vreemdging",
    "mijn partner heeft me in de steek gelaten",
    "zij is vreemdgegaan en ik schaam me kapot tegenover de familie",
]


@pytest.mark.parametrize("text", CLAIMS)
def test_somebody_says_outright_that_they_did_nothing(text: str) -> None:
    assert says_wronged(text)


@pytest.mark.parametrize(
    "text",
    [
        "ze huilde en ik heb niks gedaan",
        "ik heb niks gedaan om haar te helpen",
        "ik heb er niks aan gedaan",
        "ik ben degene die hem heeft gekwetst",
        "ik ben degene die vreemd is gegaan",
        "ik heb haar bedrogen",
    ],
)
def test_an_admission_is_no_claim(text: str) -> None:
    assert not says_wronged(text)
    assert not done_to_visitor(text)


@pytest.mark.parametrize("text", DONE)
def test_what_the_partner_did_is_told(text: str) -> None:
    assert done_to_visitor(text)


@pytest.mark.parametrize(
    "text",
    [
        "hij is vreemdgegaan en toen heb ik hem uitgescholden",
        "hij heeft ontdekt dat ik ben vreemdgegaan",
        "zij heeft mij ook gekwetst",
        "hij heeft me nooit bedrogen",
        "mijn vrouw is gekwetst door mij",
        "als hij me bedriegt",
        "ze voelt zich bedrogen",
        "hij is boos omdat ik met een ander sliep",
    ],
)
def test_a_deed_of_their_own_or_a_shared_one_is_not_done_to_them(text: str) -> None:
    assert not done_to_visitor(text)


def after(events: list[Event], text: str, intent: str = "minimise_harm") -> str | None:
    message = UserUttered(text, {"name": intent, "confidence": 0.9}, parse_data={"intent": {"name": intent}})
    tracker = DialogueStateTracker("x", [AnySlot("apology", mappings=[{}])])
    for event in [ActionExecuted("action_listen"), *events, ActionExecuted("action_listen"), message]:
        tracker.update(event)
    return turn_reply(tracker)


ASKED: list[Event] = [ActiveLoop("apology_form"), BotUttered("…", metadata={"utter_action": "utter_apology_hear"})]


@pytest.mark.parametrize("text", [*CLAIMS, *DONE])
def test_in_the_way_to_an_apology_the_one_who_was_hurt_is_believed(text: str) -> None:
    assert after(ASKED, text) == BELIEVED


def test_in_a_plan_and_in_shame_they_are_believed_too() -> None:
    assert after([ActiveLoop("first_step_form")], "ik ben degene die gekwetst is") == BELIEVED
    assert (
        after([BotUttered("…", metadata={"utter_action": "utter_shame_deed"})], "ik heb niks verkeerd gedaan", "express_shame") == BELIEVED
    )


def test_after_a_deed_was_told_what_the_partner_did_may_be_an_excuse() -> None:
    told = [*ASKED, SlotSet("apology", {"told": {"responsibility": "ik heb gelogen"}})]
    assert after(told, "hij heeft mij bedrogen") is None
    assert after(told, "ik heb niks verkeerd gedaan") == BELIEVED


def test_a_first_message_that_was_read_the_wrong_way_round_is_heard_as_pain() -> None:
    assert after([], "mijn man heeft me bedrogen", "express_apology") == HEAR
    assert after([], "mijn man heeft me bedrogen", "express_hurt") is None
    assert after([], "ik heb mijn man bedrogen", "express_apology") is None
    assert after(ASKED, "/deny", "deny") is None


def test_guilt_of_somebody_who_was_hurt_leads_to_no_apology() -> None:
    hurt: list[Event] = [BotUttered("…", metadata={"utter_action": "utter_hurt_need"})]
    assert after(hurt, "dat het mijn schuld was", "express_apology") == "utter_hurt_more"
    assert after(hurt, "ik heb hem ook bedrogen en daar heb ik spijt van", "express_apology") is None
