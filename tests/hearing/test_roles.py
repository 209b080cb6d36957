"""Who was hurt by whom, and what follows when somebody is taken for the one who did harm."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.hearing.policy import BELIEVED, HEAR, HOLD_BACK, LEAVING, LET_GO, MORE, NO_SORRY_YET, SORRY_FREE, turn_reply
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
    "nee zij was het",
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


HURT: list[Event] = [BotUttered("…", metadata={"utter_action": "utter_hurt_hear"})]
BETRAYED = [
    "mn man is vreemdgegaan en zegt dat ik mn excuses moet aanbieden omdat ik kwaad ben",
    "bedrogen door mijn vrouw en heb geroepen. moet ik nu sorry zeggen?",
    "ze heeft me uitgelachen, moet ik iets goedmaken",
]


@pytest.mark.parametrize("text", BETRAYED)
@pytest.mark.parametrize("before", [[], ASKED, HURT])
def test_who_was_deceived_is_free_to_say_sorry_or_not(before: list[Event], text: str) -> None:
    assert after(before, text, "received_apology") == SORRY_FREE


def test_a_hurt_told_before_counts_too() -> None:
    told: list[Event] = [UserUttered("mijn man heeft me uitgelachen"), *HURT]
    assert after(told, "moet ik iets goedmaken", "express_apology") == SORRY_FREE
    assert after([UserUttered("mijn man heeft me uitgelachen"), *ASKED], "ik wil geen sorry zeggen", "deny") == SORRY_FREE


@pytest.mark.parametrize(
    "text", ["ik wil geen sorry zeggen", "hij moet eerst", "nee geen excuus van mij", "ik wil niks meer met sorry te maken hebben"]
)
def test_who_wants_no_sorry_is_asked_what_holds_them_back(text: str) -> None:
    assert after(ASKED, text, "resist_first_step") == after([], text, "express_apology") == HOLD_BACK
    told = [*ASKED, SlotSet("apology", {"told": {"responsibility": "ik heb gelogen"}})]
    assert after(told, text, "deny") == HOLD_BACK


def test_a_sorry_of_the_partner_is_no_sorry_of_the_visitor() -> None:
    assert after([], "moet ik dan sorry zeggen", "received_apology") == HOLD_BACK
    assert after([], "sorry zeggen lukt mij niet", "received_apology") == HOLD_BACK
    assert after([], "mijn vrouw moet sorry zeggen niet ik", "received_apology") == HEAR
    assert after([], "ik wil horen dat het haar ook spijt", "express_apology") == NO_SORRY_YET
    assert after(ASKED, "ik wil horen dat het haar ook spijt", "express_apology") == NO_SORRY_YET
    assert after([], "hij zegt nooit sorry", "received_apology") is None
    assert after(HURT, "hij moet eerst sorry zeggen", "express_hurt") is None, "their pain goes on"
    forgiving: list[Event] = [BotUttered("…", metadata={"utter_action": "utter_forgiveness_weight"})]
    assert after(forgiving, "hij moet eerst sorry zeggen", "ask_forgiveness") is None, "the topic goes on"


def test_no_guilt_ends_the_way_to_an_apology_unless_a_deed_was_told() -> None:
    assert after(ASKED, "ik voel me niet schuldig eigenlijk", "deny") == BELIEVED
    assert after(ASKED, "ik heb haar bedrogen maar voel me niet schuldig", "deny") is None
    told = [*ASKED, SlotSet("apology", {"told": {"responsibility": "ik heb gelogen"}})]
    assert after(told, "ik voel me niet schuldig eigenlijk", "deny") is None


@pytest.mark.parametrize("intent", ["express_apology", "goodbye", "express_distance"])
def test_who_thinks_of_leaving_gets_no_apology_and_no_goodbye(intent: str) -> None:
    assert after([], "ik wil weg bij hem", intent) == after(ASKED, "ik ga scheiden", intent) == LEAVING
    again: list[Event] = [UserUttered("ik wil bij hem weg"), BotUttered("…", metadata={"utter_action": LEAVING})]
    assert after(again, "ik ga scheiden", intent) == MORE
    assert after([ActiveLoop("own_message_form")], "ik wil weg bij hem", intent) is None


def test_two_times_no_ends_an_apology_that_did_not_begin() -> None:
    assert after([UserUttered("ik heb spijt"), *ASKED], "nee", "deny") is None
    refused: list[Event] = [UserUttered("nee"), *ASKED]
    assert after(refused, "nee hoor", "deny") == after(refused, "weet niet", "deny") == LET_GO
    regret = SlotSet("apology", {"told": {"regret": "ik heb spijt"}})
    assert after([*refused, regret], "nee", "deny") == LET_GO, "regret alone tells no story"
    assert after([*refused, SlotSet("apology", {"told": {"story": "ik heb gelogen"}})], "nee", "deny") is None
