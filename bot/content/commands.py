"""The content outside the studio: as a zip file or an Excel sheet, out of and into a draft."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.content.archive import packed, unpacked
from bot.content.differences import differences
from bot.content.drafts import OPERATOR, draft_of, save
from bot.content.files import ContentError
from bot.content.sheet import sheet_of, with_sheet
from bot.store.database import session
from bot.store.tables import Audit, Therapist
from bot.supervisor import say


def add_arguments(commands: Any) -> None:
    """Add `content` to the command line."""
    content = commands.add_parser("content", help="what the coach says and understands, as files")
    content.add_argument("what", choices=["export", "import"], help="export: the draft, else what is published; import: into the draft")
    content.add_argument("file", type=Path, help="a zip file, or with --sheet an .xlsx file")
    content.add_argument("--sheet", action="store_true", help="only the sentences, as an Excel sheet")
    content.add_argument("--draft", metavar="LOGIN", help="the draft of this therapist instead of the operator's own")


def run(arguments: argparse.Namespace) -> None:
    """Run it. Raises `ContentError` when the file can't be used; then nothing was changed."""
    owner, name = _owner(arguments.draft)
    draft = draft_of(owner)
    try:
        if arguments.what == "export":
            data = sheet_of(draft.content) if arguments.sheet else packed(draft.content)
            arguments.file.write_bytes(data)
            say(f"Version {draft.base.number}{' with the draft' if draft.changed else ''} is in {arguments.file}.")
            return
        data = arguments.file.read_bytes()
    except OSError as problem:
        raise ContentError(f"{arguments.file}: {problem.strerror}.") from None
    content = with_sheet(draft.content, data) if arguments.sheet else unpacked(data)
    save(draft, draft.mark, name, content)
    with session() as db:
        db.add(Audit(who=name, what="draft_imported", subject_id=owner))
    for line in differences(draft.base.content, content):
        say(line)
    say(f"Imported into the draft of {name}, made from version {draft.base.number}.")


def _owner(login: str | None) -> tuple[str, str]:
    """Owner and name of the draft."""
    if login is None:
        return OPERATOR, OPERATOR
    with session() as db:
        found = db.execute(sa.select(Therapist).where(Therapist.login == login.strip().lower())).scalar()
    if found is None:
        raise ContentError(f"There is no therapist '{login}'.")
    return str(found.id), str(found.name)
