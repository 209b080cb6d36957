"""The editor's pages: conversations, sentences and examples of a therapist's own draft."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from bot.content.examples import examples
from bot.content.files import shipped
from bot.content.locked import is_locked
from bot.content.responses import responses, said
from bot.content.stories import stories
from bot.content.turns import conversation
from bot.content.versions import published
from bot.store.database import session
from bot.store.tables import Audit
from tests.studio.conftest import Studio, hidden
from tests.studio.editing import EVIL, NEED, draft, fields, send, told, turn


def test_a_conversation_reads_as_a_chat_with_branches(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    overview = browser.http.get("/studio/verhalen").text
    for name in ("Pijn", "Verwijt", "Spijt en excuses", "Wat altijd geldt"):
        assert name in overview
    page = browser.http.get("/studio/verhalen/hurt").text
    assert page.count('data-testid="branch"') == 3
    # The first is this one; the others begin with words that code of the project says.
    assert page.count('data-testid="conversation"') == len(conversation([one for one in stories(shipped()) if one.flow == "hurt"]))
    assert "Als de bezoeker zegt ja" in page
    assert '<span class="chip">Ja, graag</span>' in page
    shown = re.findall(r"zegt bijvoorbeeld: (.*?)</p>", page, re.DOTALL)[0]
    quoted = re.findall(r"<q>(.*?)</q>", shown)
    real = [message.replace("'", "&#39;") for message in examples(shipped())["express_hurt"]]
    assert len(quoted) == 3
    assert set(quoted) <= set(real)


def test_what_is_fixed_is_shown_as_fixed(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    rules = browser.http.get("/studio/verhalen/always").text
    assert "Dit geldt altijd" in rules
    assert 'data-testid="build"' not in rules
    page = browser.http.get("/studio/zinnen/utter_alarm_suicidality").text
    assert "vast" in page
    assert "<textarea" not in page
    assert 'class="badge">vast' in browser.http.get("/studio/verhalen/practice").text


def test_a_sentence_is_changed_and_nothing_else(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    before = responses(shipped())[NEED]
    answer = send(browser, f"/zinnen/{NEED}", f"/zinnen/{NEED}", **{"text-1": "Zei je \"au\"? 😀 'Zo' is het."})
    assert answer.status_code == 303
    assert told() == [f"In \"pijn: wat heb je nodig\" zegt de coach nu 'Zei je \"au\"? 😀 'Zo' is het.' in plaats van '{said(before[1])}'."]
    lines = [set(content["domain.yml"].splitlines()) for content in (draft().base.content, draft().content)]
    assert len(lines[0] - lines[1]) == len(lines[1] - lines[0]) == 1
    assert published().content == shipped(), "what visitors hear is as it was"


def test_wordings_and_buttons_come_change_and_go(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    name = "utter_hurt_message"
    changes = {"title-0-1": "Liever niet", "gone-2": "on", "new": "Zullen we samen kijken?\nHet hoeft niet."}
    assert send(browser, f"/zinnen/{name}", f"/zinnen/{name}", **changes).status_code == 303
    first, _, new = responses(draft().content)[name]
    assert first["buttons"] == [{"title": "Ja, graag", "payload": "/affirm"}, {"title": "Liever niet", "payload": "/deny"}]
    assert said(new) == "Zullen we samen kijken?\nHet hoeft niet."
    assert [button["payload"] for button in new["buttons"]] == ["/affirm", "/deny"]


@pytest.mark.parametrize("name", [name for name in responses(shipped()) if is_locked(name)][::6])
def test_what_is_fixed_is_refused_by_the_server_too(open_studio: Callable[..., Studio], name: str) -> None:
    browser = open_studio()
    form = fields(browser.http.get(f"/studio/zinnen/{NEED}").text, f"/studio/zinnen/{NEED}")
    answer = browser.http.post(f"/studio/zinnen/{name}", data={**form, "text-0": "Ga eerst sorry zeggen."})
    assert answer.status_code == 422
    assert "vast" in answer.text
    assert not draft().changed


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Mijn sleutel is ${COACH_DATA_KEYS}.", "dollarteken"),
        ("Dag {iemand}.", "{iemand}"),
        ("Een losse { hier.", "accolade"),
        ("x" * 1001, "langer dan"),
        ("", "leeg"),
    ],
)
def test_what_the_coach_can_not_say_is_refused(open_studio: Callable[..., Studio], text: str, says: str) -> None:
    browser = open_studio()
    answer = send(browser, f"/zinnen/{NEED}", f"/zinnen/{NEED}", **{"text-0": text})
    assert answer.status_code == 422
    assert says in answer.text.replace("&#39;", "'")
    assert not draft().changed


def test_hints_come_while_typing(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    csrf = hidden(browser.http.get(f"/studio/zinnen/{NEED}").text, "csrf")
    form = {"csrf": csrf, "field": "text-0", "text-0": "Kunt u dat zeggen? Of niet? Bel 112!"}
    shown = browser.http.post("/studio/hulp", data=form).text
    for hint in ("één vraag", "geen &#39;u&#39;", "uitroepteken", "hulplijnen"):
        assert hint in shown
    assert "<li>" not in browser.http.post("/studio/hulp", data={**form, "text-0": "Dat doet pijn. Wat heb je nodig?"}).text
    assert browser.http.post("/studio/hulp", data={**form, "csrf": "anders"}).status_code == 403


def test_an_edit_on_an_older_state_is_refused_with_both_texts(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    page = browser.http.get(f"/studio/zinnen/{NEED}").text
    first, second = (fields(page, f"/studio/zinnen/{NEED}") for _ in range(2))
    assert browser.http.post(f"/studio/zinnen/{NEED}", data={**first, "text-0": "Uit het eerste tabblad?"}).status_code == 303
    second["form"] += "x"
    answer = browser.http.post(f"/studio/zinnen/{NEED}", data={**second, "text-0": "Uit het tweede tabblad?", "new": "En nog iets."})
    assert answer.status_code == 409
    for text in ("Uit het eerste tabblad?", "Uit het tweede tabblad?", "En nog iets."):
        assert text in answer.text
    assert said(responses(draft().content)[NEED][0]) == "Uit het eerste tabblad?"
    again = fields(answer.text, f"/studio/zinnen/{NEED}")
    assert browser.http.post(f"/studio/zinnen/{NEED}", data=again).status_code == 303
    assert [said(one) for one in responses(draft().content)[NEED]][:: len(responses(shipped())[NEED])] == [
        "Uit het tweede tabblad?",
        "En nog iets.",
    ]


def test_a_double_click_changes_once(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    form = fields(browser.http.get("/studio/voorbeelden/express_hurt").text, "/studio/voorbeelden/express_hurt/erbij")
    for _ in range(2):
        assert browser.http.post("/studio/voorbeelden/express_hurt/erbij", data={**form, "new": "het steekt nog zo"}).status_code == 303
    assert draft().revision == 1


def test_examples_come_and_go_and_are_found(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    path = "/voorbeelden/express_blame"
    assert send(browser, path, f"{path}/erbij", new="hij luistert echt nooit\n\n- zij  weer hoor \n").status_code == 303
    assert examples(draft().content)["express_blame"][-2:] == ["hij luistert echt nooit", "zij weer hoor"]
    assert "hij luistert echt nooit" in browser.http.get("/studio/voorbeelden?q=LUISTERT+echt").text
    assert send(browser, path, f"{path}/weg", **{"gone-0": "zij weer hoor"}).status_code == 303
    assert told() == ["Bij \"wijst naar de ander\" kwam 1 voorbeeld bij: 'hij luistert echt nooit'."]


@pytest.mark.parametrize(
    ("new", "says"), [("hoi", "staat al bij"), ("  \n ", "Schrijf"), ("x" * 501, "te lang"), ("a\n" * 0 + "ok ${HOME}", "dollarteken")]
)
def test_examples_that_can_not_be_are_refused(open_studio: Callable[..., Studio], new: str, says: str) -> None:
    browser = open_studio()
    answer = send(browser, "/voorbeelden/express_blame", "/voorbeelden/express_blame/erbij", new=new)
    assert answer.status_code == 422
    assert says in answer.text
    assert not draft().changed


def test_an_intent_keeps_enough_messages(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    messages = examples(shipped())["greet"]
    gone = {f"gone-{number}": message for number, message in enumerate(messages[2:])}
    answer = send(browser, "/voorbeelden/greet", "/voorbeelden/greet/weg", **gone)
    assert answer.status_code == 422
    assert "blijven 2 voorbeelden over" in answer.text


def test_what_a_therapist_types_is_never_markup(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio("lilia", EVIL)
    assert send(browser, f"/zinnen/{NEED}", f"/zinnen/{NEED}", **{"text-0": EVIL}).status_code == 303
    assert send(browser, "/voorbeelden/express_hurt", "/voorbeelden/express_hurt/erbij", new=EVIL).status_code == 303
    for path in ("/verhalen/hurt", "/zinnen?q=alert", f"/zinnen/{NEED}", "/voorbeelden?q=alert", "/voorbeelden/express_hurt", "/concept"):
        page = browser.http.get(f"/studio{path}").text
        assert "alert(1)" in page
        assert EVIL not in page


def test_everything_asks_for_a_login_and_a_token(open_studio: Callable[..., Studio], app: Any) -> None:
    open_studio()
    stranger = Studio(app)
    for path in ("/verhalen", "/verhalen/hurt", turn(1), "/nieuw-verhaal", "/zinnen", "/voorbeelden", "/concept", "/concept/alles.zip"):
        assert stranger.http.get(f"/studio{path}").status_code == 303
    browser = open_studio("bert", "Bert")
    for path in ("/verhalen/hurt/weg", f"/zinnen/{NEED}", "/voorbeelden/greet/weg", "/concept/bestand", "/concept/weg", "/nieuw-verhaal"):
        assert stranger.http.post(f"/studio{path}", data={"csrf": ""}).status_code == 303
        assert browser.http.post(f"/studio{path}", data={"csrf": "anders"}).status_code == 403


def test_who_did_what_is_kept(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    send(browser, "/voorbeelden/express_hurt", "/voorbeelden/express_hurt/erbij", new="het steekt nog zo")
    send(browser, "/voorbeelden/express_hurt", "/voorbeelden/express_hurt/erbij", new="hoi")
    with session() as db:
        rows = [(row.who, row.what) for row in db.scalars(sa.select(Audit).order_by(Audit.at)) if row.what.startswith("draft")]
    assert rows == [("lilia", "draft_examples"), ("lilia", "draft_examples"), ("lilia", "draft_examples_failed")]


@pytest.mark.parametrize(
    "path", ["/verhalen/nix", "/verhalen/hurt/beurt?verhaal=nix&beurt=0", turn(99), turn(-1), "/zinnen/nix", "/voorbeelden/nix"]
)
def test_what_is_not_there_is_said_plainly(open_studio: Callable[..., Studio], path: str) -> None:
    answer = open_studio().http.get(f"/studio{path}")
    assert answer.status_code == 404
    assert "niet" in answer.text
