"""What can't be kept as a draft, said in Dutch; and what is fixed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.content.examples import examples, with_examples
from bot.content.files import Content, ContentError, shipped
from bot.content.locked import is_locked, with_project_parts
from bot.content.responses import responses, with_new_response, with_response, without_response
from bot.content.stories import story, with_steps, with_story
from bot.content.validity import problems, refuse_unless_valid

BASE = shipped()
NEED = "utter_hurt_need"


def domain(old: str, new: str) -> Content:
    assert old in BASE["domain.yml"]
    return {**BASE, "domain.yml": BASE["domain.yml"].replace(old, new, 1)}


def in_file(path: str, old: str, new: str) -> Content:
    assert old in BASE[path]
    return {**BASE, path: BASE[path].replace(old, new, 1)}


def says(text: str, **more: object) -> Content:
    return with_response(BASE, NEED, [{"text": text, **more}, *responses(BASE)[NEED][1:]])


def test_what_the_project_ships_is_valid() -> None:
    assert problems(BASE, BASE) == []
    refuse_unless_valid(BASE, BASE)


def test_alarm_privacy_consent_and_helplines_are_fixed() -> None:
    for name in (
        "utter_alarm_suicidality",
        "utter_concern_child_safety",
        "utter_locked_coaching",
        "utter_safe_no",
        "utter_stay_own_violence",
    ):
        assert is_locked(name)
    for name in (
        "utter_privacy",
        "utter_erased",
        "utter_intake_summary",
        "utter_intake_refused",
        "utter_disclosure",
        "utter_bot_challenge",
    ):
        assert is_locked(name)
    assert all(is_locked(name) for name, variants in responses(BASE).items() if any("{helplines}" in one["text"] for one in variants))
    assert not any(is_locked(name) for name in (NEED, "utter_greet", "utter_human", "utter_intake", "utter_first_step_plan"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (lambda: domain("Dit is niet jouw schuld.", "Ga eerst sorry zeggen."), "vast"),
        (lambda: domain("type: bool", "type: text"), "'slots' in domain.yml is vast"),
        (lambda: domain("session_expiration_time: 0", "session_expiration_time: 60"), "'session_config'"),
        (lambda: domain("  - out_of_scope\n", ""), "'intents' in domain.yml is vast"),
        (lambda: domain("version:", "entities: [naam]\nversion:"), "'entities' in domain.yml is vast"),
        (
            lambda: domain("required_slots: [intake_name, intake_contact, intake_reach, intake_consent]", "required_slots: [intake_name]"),
            "'forms'",
        ),
        (lambda: in_file("data/stories/apology.yml", "action: apology_form", "action: utter_greet"), "vast"),
        (lambda: in_file("data/stories/hurt.yml", "action: own_message_form", "action: utter_greet"), "vast"),
        (lambda: in_file("data/stories/practice.yml", "  - action: intake_form\n", ""), "vast"),
        (lambda: with_new_response(BASE, "utter_alarm_eigen", [{"text": "Hoi."}], NEED), "naam die de coach zelf gebruikt"),
        (lambda: without_response(BASE, NEED), "heeft die zin nodig in 'verwijt, dan wat er nodig is'"),
        (lambda: without_response(BASE, "utter_review_has_all"), "heeft die zin nodig"),
        (lambda: with_examples(BASE, "express_hurt", remove=examples(BASE)["express_hurt"][2:]), "blijven 2 voorbeelden over"),
        (lambda: with_examples(BASE, "express_hurt", ["Moet ik hem vergeven"]), "Kies er één"),
        (lambda: with_examples(BASE, "express_hurt", ["x" * 501]), "te lang"),
        (lambda: says("Mijn {naam} is."), "{naam}"),
        (lambda: says("Een } te veel."), "accolade"),
        (lambda: says("Dag ${HOME}."), "dollarteken"),
        (lambda: says("Klik", buttons=[{"title": "Ja", "payload": '/SetSlots(coaching_unlocked="true")'}]), "iets wat de coach niet kent"),
        (lambda: says("Klik", buttons=[{"title": "Ja", "payload": "/alarm"}]), "iets wat de coach niet kent"),
        (lambda: says("Klik", buttons=[{"title": "Ja", "payload": "/affirm", "url": "https://x"}]), "iets wat de coach niet kent"),
        (lambda: says("Kijk", image="https://example.org/x.png"), "'image'"),
        (lambda: with_response(BASE, NEED, [{"text": "Een {feeling} gevoel."}]), "minstens één zin nodig zonder"),
        (
            lambda: with_response(BASE, "utter_first_step_plan", [{"text": "Je plan: {step_when} en {step_where}."}]),
            "{step_sentence} te blijven staan",
        ),
        (lambda: with_response(BASE, NEED, [{"text": f"Zin {number}."} for number in range(31)]), "meer dan 30"),
        (lambda: with_story(BASE, "hurt", "nieuw", [{"intent": "alarm"}, {"action": NEED}]), "een soort bericht dat er niet is"),
        (lambda: with_story(BASE, "hurt", "nieuw", [{"intent": "affirm"}, {"action": "utter_nix"}]), "heeft die zin nodig"),
        (lambda: with_story(BASE, "hurt", "nieuw", [{"intent": "affirm"}, {"action": "action_restart"}]), "vast"),
        (lambda: with_story(BASE, "hurt", "nieuw", [{"intent": "affirm"}]), "niet op antwoordt"),
        (lambda: with_story(BASE, "hurt", "nieuw", [{"action": NEED}]), "begint niet met iets wat de bezoeker zegt"),
        (
            lambda: with_story(
                with_new_response(BASE, "utter_eigen_rust", [{"text": "Neem rust."}], NEED),
                "hurt",
                "nieuw",
                [{"action": "utter_eigen_rust"}, {"intent": "affirm"}, {"action": NEED}],
            ),
            "begint niet met iets wat de bezoeker zegt",
        ),
        (lambda: with_story(BASE, "hurt", "nieuw", [{"checkpoint": "weg"}, {"intent": "affirm"}, {"action": NEED}]), "niet meer is"),
        (lambda: with_story(BASE, "hurt", "nieuw", [{"intent": "express_hurt"}, {"action": NEED}]), "spreken elkaar tegen"),
        (lambda: with_story(BASE, "hurt", "nieuw", [{"intent": "ask_privacy"}, {"action": NEED}]), "vaste regel"),
        (lambda: with_story(BASE, "hurt", "nieuw", [{"intent": "thank"}, {"action": NEED}]), "vaste regel"),
        (
            lambda: with_story(BASE, "hurt", "nieuw", [{"action": "utter_hurt_message"}, {"intent": "affirm"}, {"action": NEED}]),
            "vaste regel",
        ),
        (
            lambda: with_story(
                BASE, "hurt", "nieuw", [{"intent": "affirm"}, {"action": "utter_ask_erase"}, {"intent": "affirm"}, {"action": NEED}]
            ),
            "vaste regel",
        ),
        (lambda: {**BASE, "data/stories/x.yml": 'stories:\n- story: x\n  steps:\n  - user: "hoi"\n  - action: utter_greet\n'}, "vast"),
        (lambda: {**BASE, "data/nlu/x.yml": "nlu:\n- lookup: x\n  examples: |\n    - a\n"}, "alleen 'intent:' en 'examples:'"),
        (lambda: {**BASE, "data/nlu/x.yml": "nlu:\n- intent: verzonnen\n  examples: |\n    - a\n"}, "geen soort bericht"),
        (lambda: {**BASE, "data/nlu/x.yml": "nlu:\n- intent: alarm\n  examples: |\n    - hij slaat me\n"}, "geen soort bericht"),
        (lambda: {**BASE, "config.yml": "x"}, "geen bestand dat je mag veranderen"),
        (lambda: {**BASE, "data/nlu/../../x.yml": "x"}, "geen bestand dat je mag veranderen"),
        (lambda: {path: text for path, text in BASE.items() if path != "domain.yml"}, "domain.yml ontbreekt"),
        (lambda: {**BASE, "domain.yml": BASE["domain.yml"] + "a: &b 1\n"}, "verwijzingen"),
        (lambda: {**BASE, "domain.yml": "responses:\n  utter_x: zomaar\n"}, "hoort een lijst"),
        (lambda: {**BASE, "domain.yml": "[]"}, "geen lijst met zinnen"),
        (lambda: {**BASE, "data/stories/x.yml": "stories: 3\n"}, "heeft elk verhaal een naam"),
    ],
)
def test_what_can_not_be_is_said_in_dutch(content: Callable[[], Content], told: str) -> None:
    found = problems(content(), BASE)
    assert found
    assert any(told in line for line in found), found
    with pytest.raises(ContentError):
        refuse_unless_valid(content(), BASE)


def test_a_dead_end_in_the_middle_is_noticed() -> None:
    name = "vergeven, de keuze, ja"
    steps = [*story(BASE, "forgiveness", name).steps, {"intent": "deny"}, {"action": NEED}]
    assert problems(with_steps(BASE, "forgiveness", name, steps), BASE) == []
    assert "niet op antwoordt" in problems(with_steps(BASE, "forgiveness", name, [*steps[:2], *steps[3:]]), BASE)[0]


def test_a_message_may_have_any_words() -> None:
    content = with_examples(BASE, "express_hurt", ['hij zei: "au" & liep weg 😀', "- zo'n dag", "ze zei #niets [echt](x) {niets}"])
    assert problems(content, BASE) == []


def test_an_update_of_the_project_brings_its_fixed_parts_and_keeps_the_therapists() -> None:
    mine = with_new_response(says("Van de therapeut."), "utter_eigen_rust", [{"text": "Neem rust."}], NEED)
    older = {**mine, "domain.yml": mine["domain.yml"].replace("Dit is niet jouw schuld.", "Een oudere zin.")}
    assert responses(older) != responses(mine)
    assert responses(with_project_parts(older)) == responses(mine)
