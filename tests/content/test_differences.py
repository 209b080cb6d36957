"""Differences between two contents read as Dutch sentences."""

from __future__ import annotations

from bot.content.differences import differences
from bot.content.examples import with_examples
from bot.content.files import shipped
from bot.content.responses import responses, with_new_response, with_response, with_text, without_response
from bot.content.stories import story, with_steps, with_story, without_story

BASE = shipped()
NEED = "utter_hurt_need"


def test_the_same_content_has_none() -> None:
    assert differences(BASE, dict(BASE)) == []


def test_a_changed_sentence_is_told_with_both_texts() -> None:
    first, *rest = responses(BASE)[NEED]
    told = differences(BASE, with_response(BASE, NEED, [with_text(first, "Wat zou je nu helpen?"), *rest]))
    assert told == [f"In \"pijn: wat heb je nodig\" zegt de coach nu 'Wat zou je nu helpen?' in plaats van '{first['text']}'."]


def test_sentences_and_buttons_that_come_and_go_are_told() -> None:
    variants = responses(BASE)["utter_hurt_message"]
    renamed = {**variants[0], "buttons": [{**button, "title": button["title"] + " hoor"} for button in variants[0]["buttons"]]}
    told = differences(BASE, with_response(BASE, "utter_hurt_message", [renamed, variants[1], with_text(variants[2], "Iets nieuws?")]))
    assert [line for line in told if "heet de knop 'Nu niet' nu 'Nu niet hoor'" in line]
    assert [line for line in told if "nu 'Iets nieuws?' in plaats van" in line]
    fewer = differences(BASE, with_response(BASE, "utter_hurt_message", variants[:2]))
    assert fewer == [f"In \"pijn: zullen we het leren zeggen\" zegt de coach niet meer '{variants[2]['text']}'."]
    assert "nu ook" in differences(with_response(BASE, "utter_hurt_message", variants[:2]), BASE)[0]


def test_examples_are_counted_and_quoted() -> None:
    more = with_examples(BASE, "express_blame", ["hij luistert nooit echt", "zij weer hoor"])
    assert differences(BASE, more) == ["Bij \"wijst naar de ander\" kwamen 2 voorbeelden bij: 'hij luistert nooit echt', 'zij weer hoor'."]
    assert differences(more, with_examples(more, "express_blame", remove=["zij weer hoor"])) == [
        "Bij \"wijst naar de ander\" ging 1 voorbeeld weg: 'zij weer hoor'."
    ]


def test_stories_are_told_step_by_step() -> None:
    steps = [*story(BASE, "hurt", "gekwetst").steps, *story(BASE, "hurt", "gekwetst, verder vertellen").steps[1:]]
    new = with_story(BASE, "hurt", "gekwetst, even rust", steps[:2])
    assert differences(BASE, new) == [
        'Nieuw verhaal "gekwetst, even rust" (Pijn): de bezoeker vertelt over eigen pijn, dan de coach zegt “pijn: wat doet het met je”.'
    ]
    assert differences(new, without_story(new, "hurt", "gekwetst, even rust"))[0].startswith('Verhaal "gekwetst, even rust" (Pijn) is weg.')
    goes_on = (
        "vertelt over eigen pijn",
        "wijst naar de ander",
        "schaamt zich",
        "maakt het kleiner",
        "zegt iets wat de coach niet begrijpt",
    )
    heard = " of ".join(f"de bezoeker {words}" for words in (*goes_on, "zegt ja", "zegt nee"))
    going_on = with_story(BASE, "hurt", "gekwetst, even stil", steps[1:])
    assert differences(BASE, going_on) == [
        f'Nieuw verhaal "gekwetst, even stil" (Pijn): de coach zegt “pijn: wat doet het met je”, dan {heard}, '
        "dan de coach zegt “pijn: wat raakte het diepst”."
    ]
    longer = with_steps(BASE, "hurt", "gekwetst", [*steps[:2], {"intent": "thank"}, {"action": "utter_thank"}])
    assert "kwam na de coach zegt “pijn: wat doet het met je” erbij: de bezoeker bedankt" in differences(BASE, longer)[0]
    long = with_story(BASE, "hurt", "gekwetst, even rust", [*steps, {"intent": "thank"}, {"action": "utter_thank"}])
    moved = with_steps(long, "hurt", "gekwetst, even rust", [*steps[:2], {"intent": "thank"}, {"action": "utter_thank"}, *steps[2:]])
    assert "is de volgorde anders" in differences(long, moved)[0]


def test_a_new_response_and_one_that_went() -> None:
    new = with_new_response(BASE, "utter_eigen_rust", [{"text": "Neem even rust."}], after=NEED)
    assert differences(BASE, new) == ["Nieuw: \"rust\". De coach zegt: 'Neem even rust.'."]
    assert differences(new, without_response(new, "utter_eigen_rust")) == ["\"rust\" is weg. De coach zei: 'Neem even rust.'."]


def test_what_the_studio_never_changes_is_told_too() -> None:
    changed = {**BASE, "domain.yml": BASE["domain.yml"].replace("session_expiration_time: 0", "session_expiration_time: 60")}
    assert differences(BASE, changed) == ["In domain.yml is 'session_config' veranderd. Dat is iets voor de beheerder."]
    assert "Alleen opmerkingen" in differences(BASE, {**BASE, "domain.yml": BASE["domain.yml"] + "# klaar\n"})[0]
