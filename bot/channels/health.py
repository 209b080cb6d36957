"""What machines ask the web server: `/health`, `/ready` and `/metrics`."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import time
from typing import Any

import redis.asyncio
import sqlalchemy as sa
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.rasa_client import RasaClient
from bot.operation.metrics import model_info, part_up, waiting_metrics
from bot.settings import settings
from bot.store.database import session

# Proxies and monitors ask often; what they hear may be this old.
FRESH_SECONDS = 1.0


class Health:
    """How the parts are, looked up at most once a second however many ask.

    - `/health` answers 200 when every part works, else 503; either way each part by name. For people, monitors and the supervisor.
    - `/ready` answers 200 when this server's visitors get the coach. For the proxy in front of several servers: Redis and the action
      server may be down meanwhile, as most of the coach works without them.
    """

    def __init__(self, rasa: RasaClient) -> None:
        self._rasa = rasa
        self._redis = (
            redis.asyncio.from_url(settings().redis_url, socket_connect_timeout=1, socket_timeout=2) if settings().redis_url else None
        )
        self._looking = asyncio.Lock()
        self._looked_at = float("-inf")
        self._parts: dict[str, bool] = {}
        self._model: str | None = None

    def routes(self) -> list[Route]:
        """The addresses of this file."""
        return [Route("/health", self._health), Route("/ready", self._ready), Route("/metrics", self._metrics)]

    async def parts(self) -> dict[str, bool]:
        """Whether each part works: `rasa`, `actions`, `database`, and `redis` where it is used."""
        async with self._looking:
            if time.monotonic() - self._looked_at > FRESH_SECONDS:
                model, actions, database, redis_up = await asyncio.gather(
                    self._rasa.model(), self._rasa.actions_ready(), asyncio.to_thread(_database_up), self._redis_up()
                )
                self._parts = {"rasa": model is not None, "actions": actions, "database": database}
                if redis_up is not None:
                    self._parts["redis"] = redis_up
                self._note(model)
                self._looked_at = time.monotonic()
            return self._parts

    async def _health(self, _: Request) -> Response:
        parts = await self.parts()
        well = all(parts.values())
        answer: dict[str, Any] = {"status": "ok" if well else "starting or failing", "parts": parts}
        return JSONResponse(answer, status_code=200 if well else 503)

    async def _ready(self, _: Request) -> Response:
        parts = await self.parts()
        ready = parts["rasa"] and parts["database"]
        return JSONResponse({"ready": ready}, status_code=200 if ready else 503)

    async def _metrics(self, request: Request) -> Response:
        if not may_read_metrics(request):
            return PlainTextResponse("Only from this machine, or with COACH_METRICS_TOKEN.\n", status_code=403)
        await self.parts()
        text = await asyncio.to_thread(lambda: generate_latest(REGISTRY) + waiting_metrics())
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    async def _redis_up(self) -> bool | None:
        if self._redis is None:
            return None
        try:
            await self._redis.ping()
        except RedisError:
            return False
        return True

    def _note(self, model: str | None) -> None:
        for part, up in self._parts.items():
            part_up.labels(part).set(up)
        if model != self._model:
            model_info.clear()
            if model:
                model_info.labels(model).set(1)
            self._model = model


def may_read_metrics(request: Request) -> bool:
    """Who shows the token, where there is one; else who asks from this machine, and not through a proxy on it."""
    token = settings().metrics_token
    if token:
        shown = request.headers.get("authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(shown.encode(), token.encode())
    if request.client is None or "x-forwarded-for" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _database_up() -> bool:
    try:
        with session() as db:
            db.execute(sa.text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
