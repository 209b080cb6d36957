"""The pages of a draft: out and in as a file, thrown away, and brought up to date with what a colleague published."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.content.archive import packed, unpacked
from bot.content.drafts import draft_of, save
from bot.content.examples import examples, with_examples
from bot.content.files import Content, shipped
from bot.content.responses import responses, said, with_response, with_text
from bot.content.sheet import sheet_of
from bot.content.versions import NewVersion, publish_new, published_number
from bot.store.database import session
from tests.studio.conftest import Studio, hidden
from tests.studio.editing import draft, fields, send, told

NEED = "utter_hurt_need"


def first_says(content: Content, *texts: str) -> Content:
    variants = responses(content)[NEED]
    return with_response(content, NEED, [*map(with_text, variants, texts), *variants[len(texts) :]])


def publish(content: Content) -> None:
    """A colleague publishes."""
    now = published_number()
    with session() as db:
        publish_new(db, NewVersion(content, "Peter", "zachter begin", {}), now)


def bring(browser: Studio, name: str, data: bytes) -> Any:
    form = fields(browser.http.get("/studio/concept").text, "/studio/concept/bestand")
    return browser.http.post("/studio/concept/bestand", data=form, files={"bestand": (name, data)})


def test_everything_goes_out_and_comes_back_without_loss(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    archive = browser.http.get("/studio/concept/alles.zip")
    assert "attachment" in archive.headers["content-disposition"]
    assert unpacked(archive.content) == dict(shipped())
    assert bring(browser, "alles.zip", archive.content).status_code == 303
    assert told() == []
    sheet = browser.http.get("/studio/concept/zinnen.xlsx").content
    assert bring(browser, "zinnen.xlsx", sheet).status_code == 303
    assert draft().content == shipped()


def test_a_sheet_and_an_archive_go_into_the_draft(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    book = load_workbook(io.BytesIO(sheet_of(shipped())))
    page: Any = book.active
    row = next(cell.row for cell in page["B"] if cell.value == NEED)
    page.cell(row, 4).value = "=Wat heb je nodig?"
    data = io.BytesIO()
    book.save(data)
    assert bring(browser, "Zinnen.XLSX", data.getvalue()).status_code == 303
    assert said(responses(draft().content)[NEED][0]) == "=Wat heb je nodig?"
    content = with_examples(draft().content, "express_hurt", ["het steekt nog zo"])
    assert bring(browser, "alles.zip", packed(content)).status_code == 303
    assert draft().content == content
    assert len(told()) == 2


def outside() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr("../../etc/passwd", "x")
    return data.getvalue()


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("domain.yml", bytes(30_000_000))
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.zip", b"", "Kies eerst een bestand"),
        ("x.zip", b"geen zip", "geen zip-bestand"),
        ("x.xlsx", b"geen excel", "geen Excel-bestand"),
        ("x.zip", outside(), "hoort er niet in"),
        ("x.zip", bomb(), "veel te groot"),
        ("x.zip", packed({**shipped(), "data/stories/hurt.yml": "stories: &a [*a]\n"}), "verwijzingen"),
        ("x.zip", packed({**shipped(), "domain.yml": "responses: {utter_x: [{text: hoi}]}"}), "vast"),
        ("x.zip", packed(with_examples(shipped(), "greet", remove=examples(shipped())["greet"][2:])), "blijven 2 voorbeelden over"),
        ("x.zip", bytes(5_000_000), "te veel in één keer"),
    ],
    ids=["none", "no-zip", "no-sheet", "outside", "bomb", "anchor", "locked", "two-messages", "5-MB"],
)
def test_bad_files_change_nothing(open_studio: Callable[..., Studio], name: str, data: bytes, says: str) -> None:
    browser = open_studio()
    answer = bring(browser, name, data)
    assert answer.status_code in (413, 422)
    assert says in unescape(answer.text)
    assert not draft().changed


def test_a_draft_is_thrown_away_only_as_it_was_shown(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    send(browser, "/voorbeelden/express_hurt", "/voorbeelden/express_hurt/erbij", new="het steekt nog zo")
    form = fields(browser.http.get("/studio/concept").text, "/studio/concept/weg")
    send(browser, "/voorbeelden/express_hurt", "/voorbeelden/express_hurt/erbij", new="het doet nog altijd zeer")
    answer = browser.http.post("/studio/concept/weg", data=form)
    assert answer.status_code == 409
    assert draft().changed
    assert send(browser, "/concept", "/concept/weg").status_code == 303
    assert not draft().changed


def test_what_a_colleague_published_is_merged_by_sentence(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    mine = draft()
    save(mine, mine.mark, "Lilia", first_says(mine.content, "Van Lilia?", "Ook van Lilia?"))
    third = responses(shipped())[NEED][2]["text"]
    publish(with_examples(first_says(shipped(), "Van Peter?"), "express_hurt", ["het steekt nog zo"]))
    assert "Een collega heeft een nieuwe versie" in browser.http.get("/studio/verhalen").text
    page = browser.http.get("/studio/concept/samenvoegen").text
    assert page.count('data-testid="conflict"') == 1
    assert "Van Lilia?" in page
    assert "Van Peter?" in page

    form = {**fields(page, "/studio/concept/samenvoegen"), "version": "1", "key-0": hidden(page, "key-0")}
    unchosen = browser.http.post("/studio/concept/samenvoegen", data=form)
    assert unchosen.status_code == 422
    assert draft().base.number == 0, "nothing is overwritten while there is something to choose"
    assert browser.http.post("/studio/concept/samenvoegen", data={**form, "choice-0": "mine"}).status_code == 303
    now = draft()
    assert now.base.number == 1
    assert [said(one) for one in responses(now.content)[NEED]][:3] == ["Van Lilia?", "Ook van Lilia?", third]
    assert examples(now.content)["express_hurt"][-1] == "het steekt nog zo"


def test_a_page_from_before_a_publication_is_refused(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    form = fields(browser.http.get(f"/studio/zinnen/{NEED}").text, f"/studio/zinnen/{NEED}")
    publish(first_says(shipped(), "Van Peter?"))
    answer = browser.http.post(f"/studio/zinnen/{NEED}", data={**form, "text-0": "Van Lilia?"})
    assert answer.status_code == 409
    assert "Van Peter?" in answer.text
    assert "Van Lilia?" in answer.text


def test_two_publications_while_merging_are_noticed(open_studio: Callable[..., Studio]) -> None:
    browser = open_studio()
    mine = draft()
    save(mine, mine.mark, "Lilia", first_says(mine.content, "Van Lilia?"))
    publish(first_says(shipped(), "Van Peter?"))
    page = browser.http.get("/studio/concept/samenvoegen").text
    form = {**fields(page, "/studio/concept/samenvoegen"), "version": "1", "key-0": hidden(page, "key-0"), "choice-0": "mine"}
    publish(first_says(shipped(), "Toch anders?"))
    answer = browser.http.post("/studio/concept/samenvoegen", data=form)
    assert answer.status_code == 409
    assert "Toch anders?" in answer.text
    assert re.search(r"intussen veranderd", answer.text)
    assert draft_of(mine.owner).base.number == 0
