"""Two whole servers behind nginx: whatever falls in the middle, no message is lost or doubled, and each visitor's order is kept."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from bot.alarm.helplines import plain_message
from tests.operation.cluster import Cluster, cluster
from tests.operation.visitors import PATIENCE, Visitor, client_from, go, nothing_lost, talk

# They end real servers, many at once, and take their time: `make test-cluster`.
pytestmark = pytest.mark.cluster

__all__ = ["cluster"]
VISITORS = 6


@pytest.fixture
async def visitors(cluster: Cluster) -> AsyncIterator[list[Visitor]]:
    await asyncio.to_thread(cluster.wait)
    # By long polling, which only works when each visitor stays on one server.
    here = [Visitor(cluster.nginx.address, f"192.0.2.{number}") for number in range(1, VISITORS + 1)]
    await asyncio.gather(*(visitor.come() for visitor in here))
    yield here
    await asyncio.gather(*(visitor.leave() for visitor in here))


async def in_the_middle(visitors: list[Visitor], fault: Callable[[], Awaitable[None]]) -> None:
    """Let all talk, have something happen, and see that nothing was lost."""
    talks = [asyncio.create_task(talk(visitor, 6, 0.5)) for visitor in visitors]
    await asyncio.sleep(2)
    await fault()
    await asyncio.wait_for(asyncio.gather(*talks), PATIENCE)
    for visitor in visitors:
        await nothing_lost(visitor)


async def test_visitors_are_spread_and_metrics_stay_inside(cluster: Cluster) -> None:
    def connected(address: str) -> float:
        lines = httpx.get(f"{address}/metrics").text.splitlines()
        return float(next(line for line in lines if line.startswith("coach_widget_connections ")).split()[1])

    clients = [client_from(cluster.nginx.address, f"198.51.100.{number}") for number in range(1, 25)]
    for client in clients:
        await client.connect(cluster.nginx.address, transports=["polling"])
    counts = [connected(server.web) for server in cluster.servers]
    await asyncio.gather(*(go(client) for client in clients))
    assert sum(counts) >= len(clients)
    assert all(counts)
    assert httpx.get(f"{cluster.nginx.address}/metrics").status_code == 404


async def test_a_whole_server_dies(cluster: Cluster, visitors: list[Visitor]) -> None:
    async def fault() -> None:
        await asyncio.to_thread(cluster.servers[0].kill_all)

    await in_the_middle(visitors, fault)
    cluster.servers[0].start()
    await asyncio.to_thread(cluster.wait)


async def test_redis_dies_and_comes_back(cluster: Cluster, visitors: list[Visitor]) -> None:
    async def fault() -> None:
        await asyncio.to_thread(cluster.redis.kill)
        await asyncio.sleep(3)
        assert httpx.get(f"{cluster.nginx.address}/ready").status_code == 200
        cluster.redis.start()

    await in_the_middle(visitors, fault)
    assert plain_message() not in [m.get("text") for visitor in visitors for m in visitor.heard]


async def test_postgresql_dies_and_comes_back(cluster: Cluster, visitors: list[Visitor]) -> None:
    async def fault() -> None:
        await asyncio.to_thread(cluster.postgres.kill)
        began = time.monotonic()
        while not all(plain_message() in [m.get("text") for m in visitor.heard] for visitor in visitors):
            assert time.monotonic() - began < 60, "somebody waits in silence"
            await asyncio.sleep(0.2)
        await asyncio.to_thread(cluster.postgres.start)

    await in_the_middle(visitors, fault)


async def test_one_turn_at_a_time_across_servers(cluster: Cluster) -> None:
    async with httpx.AsyncClient(timeout=120) as http:

        async def say(number: int) -> None:
            rasa = cluster.servers[number % 2].rasa
            body = {"sender": "both", "message": f"bericht {number}", "message_id": f"m{number}"}
            answer = await http.post(f"{rasa}/webhooks/rest/webhook", json=body)
            assert answer.json()
            assert '"kept": true' in answer.headers["X-Coach-Turn"]

        # Each message to both servers at once, as a widget that sends again to the other one does.
        await asyncio.gather(*(say(number // 2 + number % 2) for number in range(0, 16)))
        events = (await http.get(f"{cluster.servers[0].rasa}/conversations/both/tracker")).json()["events"]
    turns = "".join("u" if e["event"] == "user" else "b" for e in events if e["event"] in ("user", "bot"))
    said = [e["message_id"] for e in events if e["event"] == "user"]
    assert len(said) == len(set(said)) == 9
    assert "uu" not in turns
