"""Every sentence as a sheet: there and back without loss, and cells are only ever text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings, strategies
from openpyxl import load_workbook

from bot.content.archive import packed
from bot.content.differences import differences
from bot.content.files import Content, ContentError, shipped
from bot.content.responses import responses, said, with_new_response, with_response, with_text
from bot.content.sheet import sheet_of, with_sheet

BASE = shipped()
NEED = "utter_hurt_need"
FORMULAS = ["=1+1", "=cmd|'/C calc'!A0", "@SUM(A1)", "+31612345678", "-2", '=HYPERLINK("http://x","y")']


def edited(content: Content, change: Callable[[Any], None]) -> bytes:
    """The sheet of a content after somebody worked on it in Excel."""
    book = load_workbook(io.BytesIO(sheet_of(content)))
    change(book.active)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def row_of(page: Any, code: str, number: int = 1) -> int:
    return next(row for row in range(2, page.max_row + 1) if (page.cell(row, 2).value, page.cell(row, 3).value) == (code, str(number)))


def test_the_projects_sentences_come_back_to_the_letter() -> None:
    assert with_sheet(BASE, sheet_of(BASE)) == BASE
    assert with_sheet(BASE, edited(BASE, lambda page: None)) == BASE


@given(strategies.lists(strategies.text(min_size=1, max_size=80).map(str.strip).filter(bool), min_size=1, max_size=4, unique=True))
@settings(max_examples=25, deadline=None)
def test_any_sentence_comes_back(texts: list[str]) -> None:
    plain = ["".join(c for c in text if c.isprintable() or c == "\n").strip() or "x" for text in texts]
    content = with_response(BASE, NEED, [with_text({"text": ""}, text) for text in plain])
    back = with_sheet(BASE if len(plain) == len(responses(BASE)[NEED]) else content, sheet_of(content))
    assert [said(variant) for variant in responses(back)[NEED]] == plain


@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas_stay_text_in_both_directions(formula: str) -> None:
    variants = responses(BASE)[NEED]
    content = with_response(BASE, NEED, [{"text": formula}, *variants[1:]])
    page: Any = load_workbook(io.BytesIO(sheet_of(content))).active
    cell = page.cell(row_of(page, NEED), 4)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (formula, "s", True)
    assert with_sheet(content, sheet_of(content)) == content

    def typed(page: Any) -> None:
        page.cell(row_of(page, NEED), 4).value = formula

    assert said(responses(with_sheet(BASE, edited(BASE, typed)))[NEED][0]) == formula


def test_rows_that_change_come_and_go() -> None:
    def work(page: Any) -> None:
        page.cell(row_of(page, NEED), 4).value = 'Zei je "au"? 😀'
        page.cell(row_of(page, "utter_hurt_message", 2), 5).value = "Doe maar"
        page.delete_rows(row_of(page, "utter_hurt_more", 4))
        page.append(["", "utter_hurt_time", None, "Nieuw, met een regel\ndie doorloopt."])

    told = differences(BASE, with_sheet(BASE, edited(BASE, work)))
    assert len(told) == 4
    assert "zegt de coach nu 'Zei je \"au\"? 😀' in plaats van" in told[0]
    assert "heet de knop 'Ja, graag' nu 'Doe maar'" in told[1]
    assert "nu ook 'Nieuw, met een regel\ndie doorloopt.'" in told[2]
    assert "niet meer 'Neem gerust nog even." in told[3]


def test_a_number_in_a_cell_is_its_digits() -> None:
    def work(page: Any) -> None:
        page.cell(row_of(page, NEED), 4).value = 112
        page.cell(row_of(page, NEED, 2), 3).value = 2

    assert said(responses(with_sheet(BASE, edited(BASE, work)))[NEED][0]) == "112"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda page: page.delete_rows(row_of(page, NEED), len(responses(BASE)[NEED])), "nodig"),
        (lambda page: setattr(page.cell(row_of(page, "utter_privacy"), 4), "value", "Niets."), "vast"),
        (lambda page: page.delete_rows(row_of(page, "utter_alarm_suicidality")), "vast"),
        (lambda page: page.append(["", "utter_verzonnen", None, "Hallo"]), "utter_verzonnen"),
        (lambda page: page.append(["", NEED, 2, "Dubbel"]), "Nr"),
        (lambda page: page.append(["", NEED, "twee", "Dubbel"]), "nummer"),
        (lambda page: setattr(page.cell(1, 4), "value", "Tekst"), "kolommen"),
        (lambda page: setattr(page.cell(row_of(page, NEED), 5), "value", "Knop erbij"), "knop"),
    ],
)
def test_what_can_not_be_is_refused_in_dutch(change: Callable[[Any], None], says: str) -> None:
    with pytest.raises(ContentError, match=says):
        with_sheet(BASE, edited(BASE, change))


def test_a_sentence_of_ones_own_may_go() -> None:
    content = with_new_response(BASE, "utter_eigen_rust", [{"text": "Neem rust."}], NEED)
    assert with_sheet(content, edited(content, lambda page: page.delete_rows(row_of(page, "utter_eigen_rust")))) == BASE


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", bytes(30_000_000))
    return target.getvalue()


def with_entities() -> bytes:
    """A sheet whose text is a bomb of XML entities."""
    source = zipfile.ZipFile(io.BytesIO(sheet_of(BASE)))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                data = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>' + data.split(b"?>", 1)[-1]
            made.writestr(name, data)
    return target.getvalue()


@pytest.mark.parametrize("data", [b"", b"x", packed(BASE), sheet_of(BASE)[:3000], bytes(5_000_000), bomb(), with_entities()], ids=range(7))
def test_what_is_no_sheet_is_said_plainly(data: bytes) -> None:
    with pytest.raises(ContentError, match=r"Excel-bestand|te groot"):
        with_sheet(BASE, data)
