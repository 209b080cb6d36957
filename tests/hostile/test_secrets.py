"""What the operator keeps secret stays so: in logs, models and files, and at the doors of the servers inside."""

from __future__ import annotations

import io
import os
import socket
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from dotenv import dotenv_values

from bot.settings import ROOT
from bot.training import fitting_model
from tests.conftest import Coach, servers

TOKEN = "geheim-van-de-api-7f3a"
SECRETS = {
    "COACH_API_TOKEN": TOKEN,
    "COACH_DATA_KEYS": Fernet.generate_key().decode(),
    "COACH_NOTIFY_URLS": "json://127.0.0.1:9/geheim-adres-55c1",
}
SECRET_NAMES = (*SECRETS, "TELEGRAM_TOKEN", "COACH_SESSION_KEY", "COACH_METRICS_TOKEN", "REDIS_URL", "DATABASE_URL")


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    with servers(tmp_path_factory.mktemp("guarded"), **SECRETS) as running:
        yield running


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/status"),
        ("GET", "/domain"),
        ("GET", "/conversations/x/tracker"),
        ("GET", "/conversations/x/story"),
        ("POST", "/conversations/x/tracker/events"),
        ("POST", "/model/parse"),
        ("POST", "/model/predict"),
    ],
)
def test_the_api_asks_for_its_token(guarded: Coach, method: str, path: str) -> None:
    for query in ("", "?token=", "?token=x", f"?token={TOKEN[:-1]}", f"?Token={TOKEN}"):
        assert guarded.http.request(method, f"{guarded.rasa}{path}{query}", json={"text": "hoi"}).status_code == 401
    assert guarded.http.get(f"{guarded.rasa}/status?token={TOKEN}").status_code == 200


def test_no_secret_is_in_logs_or_models(guarded: Coach) -> None:
    guarded.say("test-secret", "hij heeft me gisteren geslagen")
    guarded.http.get(f"{guarded.rasa}/conversations/test-secret/tracker?token={TOKEN}")
    guarded.http.get(f"{guarded.web}/health")
    guarded.http.post(f"{guarded.rasa}/model/parse?token={TOKEN}", content=b"no json")
    written = {path.name: path.read_bytes() for path in (guarded.folder / "logs").glob("*.log*")}
    assert written
    model = b"".join(unpacked(fitting_model()))
    assert len(model) > 1_000_000
    values = {*SECRETS.values(), *session_keys(guarded.folder), *configured()}
    for value in values:
        assert not [name for name, log in written.items() if value.encode() in log]
        assert value.encode() not in model
    assert b"geheim" not in b"".join(written.values())


def test_the_check_would_notice(tmp_path: Path) -> None:
    packed = tmp_path / "model.tar.gz"
    with tarfile.open(packed, "w:gz") as archive:
        info = tarfile.TarInfo("metadata.json")
        info.size = len(TOKEN)
        archive.addfile(info, io.BytesIO(TOKEN.encode()))
    assert TOKEN.encode() in b"".join(unpacked(packed))


def test_files_are_nobody_elses(guarded: Coach) -> None:
    kept = [path for path in guarded.folder.rglob("*") if path.is_file() and path.parent.name != "models"]
    assert len(kept) > 3
    assert [path.name for path in kept if path.stat().st_mode & 0o077] == []


@pytest.mark.parametrize("part", ["rasa", "actions", "web"])
def test_what_is_inside_listens_inside(guarded: Coach, part: str) -> None:
    port = guarded.ports[part]
    socket.create_connection(("127.0.0.1", port), 5).close()
    # Whoever listens on every address hears this one too.
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), 5)


def configured() -> set[str]:
    """The secrets of this machine's own settings, where it has any."""
    given = {**dotenv_values(ROOT / ".env"), **os.environ}
    return {str(given[name]) for name in SECRET_NAMES if given.get(name)}


def session_keys(folder: Path) -> set[str]:
    return {path.read_text("ascii").strip() for path in (folder / "keys").glob("*.key")}


def unpacked(packed: Path) -> Iterator[bytes]:
    with tarfile.open(packed) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is not None:
                yield content.read()
