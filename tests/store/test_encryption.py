"""What is personal can be read with the keys only; and the keys can be changed while the coach runs."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from bot.handoff.intakes import IntakeDraft, add_details, save_handoff, save_intake
from bot.settings import ROOT
from bot.store import rotation
from bot.store.database import engine, session
from bot.store.encryption import KeyProblem, cipher, key_file, keys
from bot.store.rotation import rotate, rotate_keys
from bot.store.tables import Handoff, Intake
from tests.databases import Database

SECRETS = {
    "name": "Annelies Zonnebeke",
    "contact": "annelies@zonnebeke.example.org",
    "reach": "liefst woensdagochtend",
    "together": "samen met Joris",
    "about": "hij luistert nooit",
}
WORDS = ["hij sloeg me gisteren"]


def save_all(conversation: str) -> tuple[str, str]:
    intake = save_intake(IntakeDraft(conversation, SECRETS["name"], SECRETS["contact"], SECRETS["reach"]))
    add_details(intake, together=SECRETS["together"], about=SECRETS["about"])
    alarm = {"category": "partner_violence", "level": "alarm", "score": 0.9, "layer": "both", "spans": [[0, 5]]}
    return intake, save_handoff(conversation, alarm, WORDS)


def readable(intake_id: str, handoff_id: str) -> bool:
    with session() as db:
        intake, handoff = db.get(Intake, intake_id), db.get(Handoff, handoff_id)
        return {name: getattr(intake, name) for name in SECRETS} == SECRETS and handoff.words == WORDS


def tokens() -> list[str]:
    """Every encrypted value as it stands in the database."""
    with engine().connect() as connection:
        rows = [*connection.execute(sa.text("SELECT name, contact, reach, together, about FROM intakes"))]
        rows += connection.execute(sa.text("SELECT words FROM handoffs"))
    return [value for row in rows for value in row if value is not None]


def test_nothing_personal_is_in_the_files(database: Database) -> None:
    ids = save_all("web-findable-conversation")
    # A reader keeps SQLite from folding its -wal file into the database.
    with engine().connect() as reader:
        reader.execute(sa.text("SELECT count(*) FROM intakes")).all()
        save_all("web-another-conversation")
        written = database.bytes_on_disk()
        if database.kind == "sqlite":
            assert [path.name for path in database.files.iterdir() if path.name.endswith("-wal")] == ["conversations.db-wal"]
    # The search does find what is not encrypted.
    assert b"web-findable-conversation" in written
    assert b"web-another-conversation" in written
    for secret in (*SECRETS.values(), *WORDS, "Zonnebeke", "woensdagochtend", "sloeg"):
        assert secret.encode() not in written
        assert secret.encode("utf-16-le") not in written
    assert readable(*ids)


def test_the_key_is_made_once_and_private_and_said(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        first = keys()
        assert keys() == first
    assert key_file().stat().st_mode & 0o777 == 0o600
    assert [path.name for path in key_file().parent.iterdir()] == ["data.key"]
    assert len(caplog.messages) == 1
    assert "copy" in caplog.text
    assert first[0] not in caplog.text


def test_two_processes_make_one_key(database: Database) -> None:
    command = [sys.executable, "-c", "from bot.store.encryption import keys; print(keys())"]
    children = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) for _ in range(4)]
    assert len({child.communicate()[0] for child in children}) == 1
    assert [child.returncode for child in children] == [0] * 4


def test_keys_of_the_setting_come_first(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    database.set(monkeypatch, COACH_DATA_KEYS=old)
    ids = save_all("c")
    database.set(monkeypatch, COACH_DATA_KEYS=f"{new}, {old}")
    assert readable(*ids)
    assert rotate() == 2
    assert rotate() == 0
    database.set(monkeypatch, COACH_DATA_KEYS=new)
    assert readable(*ids)
    assert not key_file().exists()
    database.set(monkeypatch, COACH_DATA_KEYS=old)
    with pytest.raises(KeyProblem) as problem:
        readable(*ids)
    assert "COACH_DATA_KEYS" in str(problem.value)
    assert old not in str(problem.value)


def test_rotating_leaves_only_the_new_key(database: Database) -> None:
    ids = save_all("c")
    old = keys()
    line = rotate_keys()
    assert "2 rows" in line
    assert len(keys()) == 1
    assert keys() != old
    assert key_file().stat().st_mode & 0o777 == 0o600
    assert readable(*ids)
    new = Fernet(keys()[0])
    assert len([new.decrypt(token.encode()) for token in tokens()]) == 6


def test_a_running_coach_loses_nothing_when_another_process_rotates(database: Database) -> None:
    cipher()
    saved: list[tuple[str, str]] = []
    stop = threading.Event()

    def visitors() -> None:
        while not stop.is_set():
            saved.append(save_all(f"c{len(saved)}"))

    thread = threading.Thread(target=visitors)
    thread.start()
    try:
        for _ in range(2):
            before = len(saved)
            subprocess.run([sys.executable, "-m", "bot", "keys", "rotate"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    finally:
        stop.set()
        thread.join()
    assert len(saved) > before > 0
    (only,) = key_file().read_text().split()
    assert all(Fernet(only).decrypt(token.encode()) for token in tokens())
    assert all(readable(*ids) for ids in saved)


def test_a_late_write_with_the_old_key_is_caught(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    old = Fernet(keys()[0])
    ids = save_all("c")
    waits: list[float] = []

    def write_late(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 1:
            with engine().begin() as connection:
                late = {"late": old.encrypt(SECRETS["name"].encode()).decode()}
                connection.execute(sa.text("UPDATE intakes SET name = :late"), late)

    monkeypatch.setattr(rotation.time, "sleep", write_late)
    rotate_keys()
    assert len(waits) == 2
    assert readable(*ids)


def test_a_row_that_no_key_fits_keeps_every_key(database: Database) -> None:
    save_all("c")
    lost = key_file().read_text()
    key_file().unlink()
    ids = save_all("d")
    before = tokens()
    with pytest.raises(KeyProblem):
        rotate_keys()
    assert len(keys()) == 2
    assert tokens() == before
    assert readable(*ids)
    key_file().write_text(key_file().read_text() + lost)
    rotate_keys()
    assert len(keys()) == 1
    assert readable(*ids)


def test_a_broken_key_file_is_one_clear_line(database: Database) -> None:
    cipher()
    for broken in ("", "no key\n", "é" * 44):
        key_file().write_text(broken)
        with pytest.raises(KeyProblem) as problem:
            cipher()
        assert str(key_file()) in str(problem.value)
        assert "\n" not in str(problem.value)


def test_the_command_rotates(database: Database) -> None:
    ids = save_all("c")
    old = keys()
    done = subprocess.run([sys.executable, "-m", "bot", "keys", "rotate"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 rows")
    assert keys() != old
    assert readable(*ids)
