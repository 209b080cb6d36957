"""Branches, turns and whole conversations change in the studio; forms and rules stay as they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.content.stories import stories
from tests.studio.conftest import Studio
from tests.studio.editing import FURTHER, draft, fields, send, told, turn


def test_a_branch_with_a_new_sentence(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    changes = {"intent": "ask_trust", "tekst-0": "Vertrouwen mag groeien. Wat denk je nu?", "naam": "vertrouwen bij pijn"}
    assert send(browser, turn(1), "/verhalen/hurt/tak", **changes).status_code == 303
    new = "utter_eigen_vertrouwen_bij_pijn"
    assert {"action": new} in stories(draft().content)[-1].steps or any({"action": new} in one.steps for one in stories(draft().content))
    page = browser.http.get("/studio/verhalen/hurt").text
    assert "Als de bezoeker vraagt over vertrouwen" in page
    assert "Vertrouwen mag groeien." in page
    again = send(browser, turn(1), "/verhalen/hurt/tak", **changes)
    assert again.status_code == 422
    assert "al een vervolg" in again.text


def test_turns_move_go_and_say_more(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    made = {
        "titel": "Vreemdgaan",
        "begin": "nieuw",
        "berichten": "\n".join(f"ze ging vreemd met collega nummer {number}" for number in range(20)),
        "vorm": "yes-no",
        "tekst1-0": "Dat is een klap. Wil je erover praten?",
        "tekst2-0": "Wat heb je nu nodig?",
        "tekst3-0": "Dat is goed. Waar wil je het over hebben?",
    }
    assert send(browser, "/nieuw-verhaal", "/nieuw-verhaal", **made).status_code == 303
    begun = told()
    yes, no = (one for one in stories(draft().content) if one.flow == "vreemdgaan")

    def do(number: int, action: str, **changes: str) -> None:
        page = turn(number, yes.name, yes.flow)
        assert send(browser, page, f"/verhalen/{yes.flow}/{action}", **changes).status_code == 303

    do(1, "tak", intent="express_shame", **{"tekst-0": "Schaamte mag er zijn."})
    longer = told()
    do(2, "omhoog")
    assert told() != longer
    do(2, "omhoog")
    assert told() == longer
    do(2, "weg")
    assert send(browser, "/zinnen/utter_eigen_schaamte_mag_er_zijn", "/zinnen/utter_eigen_schaamte_mag_er_zijn/weg").status_code == 303
    assert told() == begun
    do(0, "zin-erbij", **{"tekst-0": "Neem je tijd."})
    assert sum("“neem je tijd”" in line for line in told()) == 2
    do(0, "zin-weg", zin="utter_eigen_neem_je_tijd")
    assert send(browser, "/zinnen/utter_eigen_neem_je_tijd", "/zinnen/utter_eigen_neem_je_tijd/weg").status_code == 303
    assert told() == begun
    do(1, "weg")
    assert [one.name for one in stories(draft().content) if one.flow == "vreemdgaan"] == [no.name]


def test_a_link_to_another_conversation(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    joints = [f'verbonden met <a href="/studio/verhalen/{flow}">' for flow in ("forgiveness", "hurt")]
    pages = ["/studio/verhalen/hurt", "/studio/verhalen/forgiveness"]
    assert not any(joint in browser.http.get(page).text for joint, page in zip(joints, pages, strict=True))
    changes = {"intent": "ask_forgiveness", "doel": "forgiveness/vergeven"}
    assert send(browser, turn(1), "/verhalen/hurt/tak", **changes).status_code == 303
    assert all(joint in browser.http.get(page).text for joint, page in zip(joints, pages, strict=True))


def test_what_hangs_on_a_form_stays_as_it_is(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    page = turn(0, "een mens spreken, ja", "practice")
    branch = {"intent": "express_shame", "tekst-0": "Schaamte mag er zijn."}
    assert send(browser, page, "/verhalen/practice/tak", **branch).status_code == 303
    revision = draft().revision
    answer = send(
        browser, turn(0, "een mens spreken, schaamt zich", "practice"), "/verhalen/practice/zin-erbij", **{"tekst-0": "Nog iets."}
    )
    assert answer.status_code == 422
    assert "vast" in answer.text
    for fixed in (("een mens spreken, ja", "practice"), (FURTHER, "hurt")):
        shown = browser.http.get(f"/studio{turn(0, *fixed)}").text
        assert "zin-erbij" not in shown
        form = fields(shown, f"/studio/verhalen/{fixed[1]}/tak")
        answer = browser.http.post(f"/studio/verhalen/{fixed[1]}/zin-erbij", data={**form, "tekst-0": "Nog iets."})
        assert answer.status_code == 422
    assert draft().revision == revision


def test_a_rule_is_never_contradicted(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    answer = send(browser, turn(1), "/verhalen/hurt/tak", intent="ask_privacy", **{"tekst-0": "Niemand leest mee."})
    assert answer.status_code == 422
    assert "vaste regel" in answer.text
    alarm = send(browser, turn(1), "/verhalen/hurt/tak", intent="alarm", **{"tekst-0": "Ga eerst sorry zeggen."})
    assert alarm.status_code == 422
    assert not draft().changed


@pytest.mark.parametrize(("template", "count"), [("one", 1), ("deepen", 1), ("yes-no", 2)])
def test_a_new_conversation_from_a_template(open_studio: Callable[..., Studio], template: str, count: int) -> None:
    browser = open_studio()
    changes = {
        "titel": "Vreemdgaan",
        "begin": "nieuw",
        "berichten": "\n".join(f"ze ging vreemd met collega nummer {number}" for number in range(20)),
        "vorm": template,
        "tekst1-0": "Dat is een klap. Wat is er gebeurd?",
        "tekst2-0": "Wat heb je nu nodig?",
        "tekst3-0": "Dat is goed. Waar wil je het over hebben?",
    }
    assert send(browser, "/nieuw-verhaal", "/nieuw-verhaal", **changes).status_code == 303
    made = [one for one in stories(draft().content) if one.flow == "vreemdgaan"]
    assert len(made) == count
    assert "Dat is een klap." in browser.http.get("/studio/verhalen/vreemdgaan").text
    assert "praat over vreemdgaan" in browser.http.get("/studio/voorbeelden").text


def test_a_new_conversation_within_another(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    changes = {
        "titel": "Pijn en vergeven",
        "begin": "na",
        "na": "hurt/gekwetst",
        "intent": "ask_forgiveness",
        "vorm": "one",
        "tekst1-0": "Neem de tijd.",
    }
    assert send(browser, "/nieuw-verhaal", "/nieuw-verhaal", **changes).status_code == 303
    assert [len(one.steps) for one in stories(draft().content) if one.flow == "pijn_en_vergeven"] == [4]
    taken = send(browser, "/nieuw-verhaal", "/nieuw-verhaal", **changes)
    assert taken.status_code == 422
    assert "nog niet bestaat" in taken.text
