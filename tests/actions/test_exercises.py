"""The agreement card, the listening exercise and the apology that was received, as the action server runs them."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from actions.agreements import SLOTS as AGREEMENT
from actions.agreements import ActionClearAgreement, ActionShowAgreement, ValidateAgreementForm
from actions.listening import SLOTS as LISTENING
from actions.listening import ActionShowListening, ValidateListeningForm
from actions.received import ActionReadReceived, ActionReceivedHear
from bot.settings import ROOT
from tests.actions.turns import run, tracker_of

DOMAIN = yaml.load((ROOT / "domain.yml").read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


async def agree(slot: str, text: str, *said: str) -> tuple[list[str], dict[str, Any]]:
    slots = {**dict.fromkeys(AGREEMENT), "requested_slot": slot}
    tracker = tracker_of(slots, text, ("utter_agreement_start", "utter_ask_" + slot, *said), "agreement_form")
    answered, found, _ = await run(ValidateAgreementForm(), tracker, DOMAIN)
    return answered, found


async def listen(slot: str, text: str, *said: str) -> tuple[list[str], dict[str, Any]]:
    slots = {**dict.fromkeys(LISTENING), "requested_slot": slot}
    tracker = tracker_of(slots, text, ("utter_listening_start", "utter_ask_" + slot, *said), "listening_form")
    answered, found, _ = await run(ValidateListeningForm(), tracker, DOMAIN)
    return answered, found


async def test_a_concrete_need_is_taken_as_it_is() -> None:
    assert await agree("agreement_mine", "dat je belt als je later komt.") == ([], {"agreement_mine": "dat je belt als je later komt"})


async def test_a_vague_need_is_asked_once_more_and_then_taken() -> None:
    said, slots = await agree("agreement_mine", "meer aandacht")
    assert said == ["utter_agreement_vague"]
    assert slots == {"agreement_mine": None, "requested_slot": "agreement_mine_again"}, "the form does not ask a second question"
    assert await agree("agreement_mine", "meer aandacht", "utter_agreement_vague") == ([], {"agreement_mine": "meer aandacht"})


@pytest.mark.parametrize("text", ["ja", "weet niet", "geen idee", "pff"])
async def test_nothing_is_no_need(text: str) -> None:
    assert await agree("agreement_mine", text) == (
        ["utter_agreement_help"],
        {"agreement_mine": None, "requested_slot": "agreement_mine_again"},
    )
    assert await agree("agreement_mine", text, "utter_agreement_help") == ([], {"agreement_mine": "nog te kiezen"})


@pytest.mark.parametrize(
    ("text", "changed"),
    [("nee wacht, doe maar dinsdag bellen", "dinsdag bellen"), ("ik bedoel dat je me belt", "dat je me belt"), ("terug", None)],
)
async def test_an_earlier_answer_can_be_changed_or_taken_back(text: str, changed: str | None) -> None:
    slots = {**dict.fromkeys(AGREEMENT), "agreement_mine": "bellen", "requested_slot": "agreement_theirs"}
    tracker = tracker_of(slots, text, ("utter_ask_agreement_theirs",), "agreement_form")
    said, found, _ = await run(ValidateAgreementForm(), tracker, DOMAIN)
    assert said == (["utter_agreement_changed"] if changed else [])
    assert found == {"agreement_mine": changed, "agreement_theirs": None}


@pytest.mark.parametrize(("text", "said"), [("ja graag", ["utter_intake_start", "intake_form"]), ("nee", [])])
async def test_who_was_offered_a_person_in_the_middle_gets_there_or_goes_on(text: str, said: list[str]) -> None:
    slots = {**dict.fromkeys(AGREEMENT), "requested_slot": "agreement_mine"}
    answered, found, _ = await run(ValidateAgreementForm(), tracker_of(slots, text, ("utter_human",), "agreement_form"), DOMAIN)
    assert answered == said
    assert found["agreement_mine"] is None


@pytest.mark.parametrize("text", ["weet ik niet", "vraag ik nog", "geen idee", "dat vraag ik hem nog"])
async def test_the_partners_need_may_be_asked_later(text: str) -> None:
    assert (await agree("agreement_theirs", text))[1] == {"agreement_theirs": "dat vraag ik nog"}


async def test_the_card_is_text_and_rows() -> None:
    answers = dict(zip(AGREEMENT, ("bellen", "rust", "hij belt om zes uur", "zondag"), strict=True))
    said, _, (message,) = await run(ActionShowAgreement(), tracker_of(answers))
    assert said == ["utter_agreement_card"]
    assert message["custom"]["card"]["title"] == "Onze afspraak"
    assert [row["text"] for row in message["custom"]["card"]["rows"]] == list(answers.values())
    assert all(set(row) == {"label", "text"} for row in message["custom"]["card"]["rows"])
    assert (message["mine"], message["review"]) == ("bellen", "zondag")
    for variant in DOMAIN["responses"]["utter_agreement_card"]:
        assert all(f"{row['label']}: {{" in variant["text"] for row in message["custom"]["card"]["rows"]), "text and card say the same"


async def test_nothing_of_a_stopped_card_is_left() -> None:
    _, slots, _ = await run(ActionClearAgreement(), tracker_of(dict.fromkeys(AGREEMENT, "iets")))
    assert slots == dict.fromkeys(AGREEMENT)


@pytest.mark.parametrize(
    ("slot", "text", "said"),
    [
        ("listening_summary", "Jij zegt dat je je alleen voelt, maar ik werk hard", "utter_listening_fault_but"),
        ("listening_summary", "ik was gewoon moe", "utter_listening_fault_own"),
        ("listening_summary", "je overdrijft", "utter_listening_fault_verdict"),
        ("listening_feeling", "ik snap het", "utter_listening_no_feeling"),
        ("listening_question", "waarom zeg je dat?", "utter_listening_why"),
        ("listening_question", "vind je dat echt?", "utter_listening_not_open"),
        ("listening_question", "ik luister", "utter_listening_no_question"),
    ],
)
async def test_what_stands_in_the_way_is_named_and_the_sentence_asked_again(slot: str, text: str, said: str) -> None:
    assert await listen(slot, text) == ([said], {slot: None, "requested_slot": f"{slot}_again"})


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        ("listening_summary", "Jij zegt dat ik altijd op mijn telefoon zit"),
        ("listening_feeling", "Ik snap dat je je alleen voelde"),
        ("listening_question", "Wat zou je helpen?"),
    ],
)
async def test_a_sentence_that_listens_is_praised_and_taken(slot: str, text: str) -> None:
    assert await listen(slot, text) == ([f"utter_good_{slot}"], {slot: text})


async def test_nobody_is_kept_at_a_step() -> None:
    hints = ("utter_listening_fault_but", "utter_listening_fault_own")
    said, slots = await listen("listening_summary", "maar ik was moe", *hints)
    assert (said, slots) == (["utter_listening_enough"], {"listening_summary": "maar ik was moe"})


async def test_who_knows_no_sentence_is_helped_and_the_step_left_open() -> None:
    for slot, words in zip(LISTENING[1:], ("weet ik niet", "geen idee", "tja"), strict=True):
        help_ = f"utter_listening_help_{slot.removeprefix('listening_')}"
        said, slots = await listen(slot, words)
        assert (said, slots[slot]) == ([help_], None)
        said, slots = await listen(slot, words, help_, help_)
        assert (said, slots[slot]) == (["utter_listening_enough"], "nog te kiezen"), "not their words on the card"
    assert (await listen("listening_said", "geen idee"))[0] == ["utter_listening_example"]


async def test_an_example_is_given_to_who_has_none() -> None:
    assert (await listen("listening_said", "geef een voorbeeld"))[0] == ["utter_listening_example"]
    assert (await listen("listening_said", "je bent nooit thuis"))[0] == []


async def test_the_three_sentences_come_back_on_a_card() -> None:
    answers = dict(zip(LISTENING, ("x", "jij zegt dat", "ik snap dat je boos was", "wat helpt?"), strict=True))
    _, _, (message,) = await run(ActionShowListening(), tracker_of(answers))
    assert [row["text"] for row in message["custom"]["card"]["rows"]] == ["jij zegt dat", "ik snap dat je boos was", "wat helpt?"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hij zei dat het hem spijt", "utter_received_feel"),
        ("ze zei: 'sorry als ik je gekwetst heb'", "utter_received_fault"),
        ("hij zei: het spijt me dat ik tegen je gelogen heb", "utter_received_read"),
        # Of one short line nothing is judged.
        ("hij zei: 'sorry voor alles'", "utter_received_read"),
    ],
)
async def test_the_partners_words_are_held_against_what_an_apology_needs(text: str, said: str) -> None:
    answered, _, messages = await run(ActionReadReceived(), tracker_of({}, text), DOMAIN)
    assert answered == [said]
    if said == "utter_received_read":
        assert "spijt" in messages[0]["there"]
        assert messages[0]["missing"]
    if said == "utter_received_fault":
        assert "als ik je gekwetst heb" in messages[0]["quote"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hij heeft sorry gezegd", "utter_received_hear"),
        ("/received_apology", "utter_received_hear"),
        ("hij zegt nooit sorry", "utter_received_none_yet"),
        ("hij deed ineens heel lief", "utter_received_unsure"),
    ],
)
async def test_no_sorry_is_taken_for_granted(text: str, said: str) -> None:
    answered, _, _ = await run(ActionReceivedHear(), tracker_of({}, text))
    assert answered == [said]


async def test_whether_there_was_a_sorry_is_asked_once() -> None:
    answered, _, _ = await run(ActionReceivedHear(), tracker_of({}, "hij deed lief", said=("utter_received_unsure",)))
    assert answered == ["utter_received_none_yet"]
