"""The pages for trying, checking, publishing and taking back; the work itself is in tests/publishing/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from bot.content.drafts import draft_of, save
from bot.content.files import Content, shipped
from bot.content.versions import NewVersion, publish_again, publish_new, published_number
from bot.publishing.jobs import CHECK, PUBLISH, TAKE_BACK, Job, claim, content_of, fail, finish, latest, tell
from bot.publishing.report import BETTER, STOPS, Figure, Finding, Report
from bot.store.database import session
from bot.store.tables import Audit
from bot.studio.accounts import therapists
from tests.studio.conftest import Studio, hidden
from tests.studio.editing import fields

HERE = "/studio/publiceren"
EVIL = "<script>alert(1)</script>"


def changed(new: str = "Wat goed dat je er bent.") -> Content:
    return {**shipped(), "domain.yml": shipped()["domain.yml"].replace("Fijn dat je er bent.", new)}


def edit(new: str = "Wat goed dat je er bent.", login: str = "lilia") -> None:
    draft = draft_of(next(one.id for one in therapists() if one.login == login))
    save(draft, draft.mark, "Lilia", changed(new))


def colleague_publishes() -> None:
    with session() as db:
        publish_new(db, NewVersion(changed("Van Peter."), "peter", "zachter", Report("h", 0).as_dict()), published_number())


def press(browser: Studio, kind: str, **more: str) -> Any:
    action = f"{HERE}/{kind}"
    return browser.http.post(action, data={**fields(browser.http.get(HERE).text, action), **more})


def newest() -> Job:
    found = latest()
    assert found is not None
    return found


def test_without_a_draft_there_is_nothing_to_publish(open_studio: Callable[..., Studio]) -> None:
    page = open_studio().http.get(HERE).text
    assert "versie 0" in page
    assert 'data-testid="publiceren"' not in page


@pytest.mark.parametrize(("button", "kind"), [("controleren", CHECK), ("publiceren", PUBLISH), ("proberen", "try")])
def test_a_button_asks_for_the_work_and_who_pressed_is_kept(open_studio: Callable[..., Studio], button: str, kind: str) -> None:
    browser = open_studio()
    edit()
    page = browser.http.get(HERE).text
    assert "zegt de coach nu &#39;Wat goed dat je er bent." in page
    assert press(browser, button, note="een warmer begin").status_code == 303
    job = newest()
    assert (job.kind, job.who, job.base, job.note) == (kind, "lilia", 0, "een warmer begin")
    assert content_of(job.id) == changed()
    with session() as db:
        assert db.scalar(sa.select(Audit.who).where(Audit.what == f"content_{kind}_asked")) == "lilia"
    assert published_number() == 0


def test_an_open_page_sees_how_far_it_is_and_what_came_of_it(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    edit()
    press(browser, "controleren")
    claim()
    tell(newest().id, "Trainen")
    page = browser.http.get(f"{HERE}/stand").text
    assert "Trainen …" in page
    assert 'hx-get="/studio/publiceren/stand"' in page
    found = (Finding(STOPS, f"Alarm gemist {EVIL}", (EVIL,)), Finding(BETTER, "Meer begrepen"))
    report = Report("h", 0, "m", found, (Figure("Alarmsignalen die de coach opmerkt", 0.8, 0.75, 400),))
    finish(newest().id, report=report.as_dict())
    page = browser.http.get(f"{HERE}/stand").text
    assert "hx-get" not in page
    assert "Dit kan nog niet worden gepubliceerd." in page
    assert "Dit houdt publiceren tegen" in page and "Dit wordt beter" in page
    assert "80,0%" in page and "75,0%" in page
    assert EVIL not in page


def test_what_failed_is_told_with_its_reason(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    edit()
    press(browser, "publiceren", note="x")
    fail(newest().id, "De nieuwe versie start niet op.")
    assert "De nieuwe versie start niet op." in browser.http.get(HERE).text


def test_publishing_needs_a_reason(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    edit()
    answer = press(browser, "publiceren", note="  ")
    assert answer.status_code == 409
    assert "wat je veranderde en waarom" in answer.text
    assert latest() is None


def test_a_double_click_asks_once(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    edit()
    form = fields(browser.http.get(HERE).text, f"{HERE}/controleren")
    assert [browser.http.post(f"{HERE}/controleren", data=form).status_code for _ in range(2)] == [303, 303]
    fail(newest().id, "klaar")
    assert browser.http.post(f"{HERE}/controleren", data=form).status_code == 303
    assert newest().problem == "klaar"


def test_one_therapist_at_a_time_and_the_other_reads_who(open_studio: Callable[..., Studio]) -> None:
    lilia, peter = open_studio(), open_studio("peter", "Peter")
    edit()
    edit("Van Peter zelf.", "peter")
    press(lilia, "controleren")
    answer = press(peter, "publiceren", note="ook iets")
    assert answer.status_code == 409
    assert "lilia is nu bezig met controleren" in answer.text
    assert 'value="ook iets"' in answer.text, "what was typed is not lost"


def test_a_draft_on_what_is_not_published_any_more_has_to_be_brought_up_to_date(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    edit()
    form = fields(browser.http.get(HERE).text, f"{HERE}/publiceren")
    colleague_publishes()
    answer = browser.http.post(f"{HERE}/publiceren", data={**form, "note": "x"})
    assert answer.status_code == 409
    assert "Werk eerst je concept bij" in answer.text
    assert 'data-testid="publiceren"' not in browser.http.get(HERE).text
    assert latest() is None


def test_a_draft_on_a_version_since_withdrawn_is_told(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    colleague_publishes()
    draft = draft_of(therapists()[0].id)
    save(draft, draft.mark, "Lilia", changed("Hallo, wat fijn."))
    form = fields(browser.http.get(HERE).text, f"{HERE}/publiceren")
    with session() as db:
        publish_again(db, 0, "peter", "toch niet", 1)
    answer = browser.http.post(f"{HERE}/publiceren", data={**form, "note": "x"})
    assert answer.status_code == 409
    assert "gepubliceerd of teruggenomen. Werk eerst je concept bij" in answer.text
    assert published_number() == 0


def test_another_tab_changed_the_draft_meanwhile(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    edit()
    form = fields(browser.http.get(HERE).text, f"{HERE}/publiceren")
    edit("Iets anders dan op de pagina stond.")
    answer = browser.http.post(f"{HERE}/publiceren", data={**form, "note": "x"})
    assert answer.status_code == 409
    assert "intussen veranderd" in answer.text
    assert latest() is None


def test_every_version_is_shown_and_one_is_taken_back(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    published_number()
    colleague_publishes()
    page = browser.http.get("/studio/versies").text
    assert page.index("Versie 1") < page.index("Versie 0")
    assert "peter" in page and "zachter" in page
    page = browser.http.get("/studio/versies/0").text
    assert "zegt de coach nu &#39;Fijn dat je er bent." in page
    form = {name: hidden(page, name) for name in ("csrf", "form", "now")}
    assert browser.http.post("/studio/versies/0/terug", data=form).status_code == 303
    job = newest()
    assert (job.kind, job.number, job.base, job.note) == (TAKE_BACK, 0, 1, "Terug naar versie 0")
    assert 'data-testid="terug"' not in browser.http.get("/studio/versies/1").text


def test_taking_back_on_an_old_page_is_refused(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    published_number()
    colleague_publishes()
    page = browser.http.get("/studio/versies/0").text
    form = {name: hidden(page, name) for name in ("csrf", "form", "now")}
    colleague_publishes()
    answer = browser.http.post("/studio/versies/0/terug", data=form)
    assert answer.status_code == 409
    assert "Intussen is versie 2 gepubliceerd" in answer.text
    assert browser.http.get("/studio/versies/77").status_code == 409


@pytest.mark.parametrize("path", [HERE, f"{HERE}/stand", "/studio/versies", "/studio/versies/0", "/studio/proberen"])
def test_only_therapists_see_it(open_studio: Callable[..., Studio], app: Any, path: str) -> None:
    assert Studio(app).http.get(path).headers["location"].startswith("/studio/inloggen")


@pytest.mark.parametrize("action", [f"{HERE}/publiceren", "/studio/versies/0/terug", "/studio/proberen/zeg"])
def test_nothing_is_done_from_elsewhere(open_studio: Callable[..., Studio], action: str) -> None:
    browser = open_studio()
    edit()
    assert browser.http.post(action, data={"csrf": "guessed", "form": "1", "mark": "0.1", "note": "x", "now": "0"}).status_code == 403
    assert latest() is None


def test_without_a_trial_the_page_leads_back(open_studio: Callable[..., Studio]) -> None:
    assert open_studio().http.get("/studio/proberen").headers["location"] == HERE
