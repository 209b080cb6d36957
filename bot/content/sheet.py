"""Every sentence of the coach as an Excel sheet, one row each, and back. Cells are text: nothing in them is ever worked out."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException

from bot.content.archive import LARGEST_CONTENT, LARGEST_FILE, TOO_LARGE, TOO_LARGE_INSIDE
from bot.content.files import Content, ContentError
from bot.content.locked import is_locked
from bot.content.names import OWN, response_name
from bot.content.responses import Variant, responses, said, with_response, with_text, without_response

TITLE = "Zinnen"
FIRST = ("Waar", "Code", "Nr", "Zin")
BUTTON = "Knop "
LAST = "Vast"
MOST_ROWS = 5000
NO_SHEET = "Dit is geen Excel-bestand (.xlsx), of het is beschadigd. Kies het bestand dat je hier hebt opgehaald."
OTHER_SHEET = f"Dit Excel-bestand heeft niet de kolommen {', '.join(FIRST)}. Kies het bestand dat je hier hebt opgehaald."
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

# What openpyxl raises for files that are none, or that are made to do harm.
_UNREADABLE = (
    *(InvalidFileException, DefusedXmlException, ParseError, zipfile.BadZipFile, zlib.error),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, EOFError, OSError, RuntimeError),
)

# A row: the response's name, the variant's number (None: a new one), its text, the titles of its buttons.
Row = tuple[str, "int | None", str, list[str]]


def sheet_of(content: Content) -> bytes:
    """The sheet as an .xlsx file. Raises `ContentError` when the content can't be read."""
    known = responses(content)
    buttons = max((len(variant.get("buttons", [])) for variants in known.values() for variant in variants), default=0)
    book = Workbook()
    page: Any = book.active
    page.title = TITLE
    page.append([*FIRST, *(f"{BUTTON}{number + 1}" for number in range(buttons)), LAST])
    for name, variants in known.items():
        for number, variant in enumerate(variants, 1):
            titles = [button["title"] for button in variant.get("buttons", [])]
            values = [response_name(name), name, str(number), said(variant), *titles, *[""] * (buttons - len(titles))]
            _write_row(page, [*values, "vast" if is_locked(name) else ""])
    for cell in page[1]:
        cell.font = Font(bold=True)
    for column, width in zip("ABCD", (40, 30, 5, 110), strict=True):
        page.column_dimensions[column].width = width
    page.freeze_panes = "A2"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_sheet(content: Content, data: bytes) -> Content:
    """The content with the sentences and buttons of a sheet: rows that changed, came and went. Buttons only change their words.

    Raises `ContentError` for what is no such file, for names that are not there, and for changes of what is fixed.
    """
    rows: dict[str, list[tuple[int | None, str, list[str]]]] = {}
    for name, number, text, titles in _rows(data):
        rows.setdefault(name, []).append((number, text, titles))
    known = responses(content)
    result = content
    for name in known:
        if name not in rows:
            result = _without(result, name)
            continue
        wanted = _variants(name, known[name], rows[name])
        if wanted != known[name]:
            if is_locked(name):
                raise ContentError(f'"{response_name(name)}" is vast en blijft zoals het is. Er is niets veranderd.')
            result = with_response(result, name, wanted)
    unknown = [name for name in rows if name not in known]
    if unknown:
        raise ContentError(f"De code '{unknown[0][:60]}' is er niet. Maak een nieuwe zin in de studio. Er is niets veranderd.")
    return result


def _write_row(page: Any, values: list[str]) -> None:
    row = page.max_row + 1
    for column, value in enumerate(values, 1):
        cell = page.cell(row=row, column=column)
        # As text, and shown as text, so that Excel works nothing out: neither now nor after a click into the cell.
        cell.value = _FORBIDDEN.sub("", value)
        cell.data_type, cell.number_format = "s", "@"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@", "'")
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _rows(data: bytes) -> list[Row]:
    _refuse_large(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        page = book[TITLE] if TITLE in book.sheetnames else book[book.sheetnames[0]]
        # A sheet may claim a size that it does not have.
        page.reset_dimensions()
        lines = [[_text(cell) for cell in line] for line in page.iter_rows(max_row=MOST_ROWS + 1, max_col=40, values_only=True)]
    except _UNREADABLE:
        raise ContentError(NO_SHEET) from None
    head = lines[0] if lines else []
    if not set(FIRST) <= set(head) or len(lines) > MOST_ROWS:
        raise ContentError(OTHER_SHEET)
    code, number, text = (head.index(title) for title in FIRST[1:])
    buttons = [at for at, title in enumerate(head) if title.startswith(BUTTON)]
    found: list[Row] = []
    for line in lines[1:]:
        cells = [*line, *[""] * (len(head) - len(line))]
        if any(cells[at] for at in (code, text)):
            found.append((cells[code].strip(), _number(cells[number]), cells[text].strip(), [cells[at].strip() for at in buttons]))
    return found


def _refuse_large(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise ContentError(TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_CONTENT:
                raise ContentError(TOO_LARGE_INSIDE)
    except (zipfile.BadZipFile, ValueError, OSError) as problem:
        if isinstance(problem, ContentError):
            raise
        raise ContentError(NO_SHEET) from None


def _text(value: Any) -> str:
    """A cell as text; of a formula the formula itself, of a whole number its digits."""
    value = getattr(value, "text", value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).replace("\r\n", "\n").replace("_x000D_", "")


def _number(cell: str) -> int | None:
    if not cell.strip():
        return None
    if not re.fullmatch(r"\d{1,4}", cell.strip()):
        raise ContentError(f"'{cell.strip()[:20]}' is geen nummer van een zin. Laat 'Nr' leeg bij een nieuwe zin. Er is niets veranderd.")
    return int(cell)


def _variants(name: str, before: list[Variant], rows: list[tuple[int | None, str, list[str]]]) -> list[Variant]:
    numbers = [number for number, _, _ in rows if number is not None]
    if len(set(numbers)) < len(numbers) or any(not 1 <= number <= len(before) for number in numbers):
        raise ContentError(
            f"Bij \"{response_name(name)}\" klopt 'Nr' niet: elk nummer hoort één keer voor te komen. Er is niets veranderd."
        )
    return [_variant(name, before[number - 1] if number else {**before[0], "text": ""}, text, titles) for number, text, titles in rows]


def _variant(name: str, before: Variant, text: str, titles: list[str]) -> Variant:
    changed = with_text(before, text)
    buttons = before.get("buttons", [])
    if [title for title in titles[len(buttons) :] if title]:
        raise ContentError(f'Bij "{response_name(name)}" kun je in Excel geen knop toevoegen. Doe dat in de studio. Er is niets veranderd.')
    new = [{**button, "title": title or button["title"]} for button, title in zip(buttons, titles, strict=False)]
    return changed if new == buttons else {**changed, "buttons": new}


def _without(content: Content, name: str) -> Content:
    if not name.startswith(OWN):
        raise ContentError(f'"{response_name(name)}" ontbreekt, maar de coach heeft die zin nodig. Er is niets veranderd.')
    return without_response(content, name)
