"""When a part fails, the visitor gets the plain message with its numbers, never silence (S8)."""

from __future__ import annotations

import socket
from pathlib import Path

import httpx
import pytest

from bot.alarm.helplines import plain_message
from bot.channels.rasa_client import RasaClient
from bot.settings import read_settings
from bot.supervisor import StartError, check_ports
from tests.conftest import free_port


async def test_no_rasa_server(monkeypatch: pytest.MonkeyPatch) -> None:
    client = RasaClient()
    client._http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{free_port()}")
    assert await client.say("x", "hoi") == [{"text": plain_message()}]
    assert await client.events("x") == []
    assert not await client.ready()
    await client.close()


def test_a_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = str(busy.getsockname()[1])
        config = read_settings({"COACH_WEB_PORT": port, "COACH_RASA_PORT": str(free_port()), "COACH_ACTIONS_PORT": str(free_port())})
        with pytest.raises(StartError) as problem:
            check_ports(config)
    assert "COACH_WEB_PORT" in str(problem.value)
    assert "\n" not in str(problem.value)
