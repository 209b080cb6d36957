"""The web server that visitors reach: demo page, widget, health, the studio, and where the platforms bring messages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import socketio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.check_in import check_in_forever
from bot.channels.delivery import Delivery
from bot.channels.frames import TextPacket
from bot.channels.guard import MOST_BYTES, Guard
from bot.channels.health import Health
from bot.channels.pictures import picture_route
from bot.channels.platforms import Platforms
from bot.channels.privacy_page import privacy_routes
from bot.channels.rasa_client import RasaClient
from bot.channels.sessions import Sessions, signing_key
from bot.channels.telegram import WEBHOOK_PATH, TelegramChannel
from bot.channels.widget import MAX_SESSION_ID, WidgetChannel
from bot.handoff.alarms import tell_of_missed_alarms_forever
from bot.handoff.notices import send_notices_forever
from bot.logs import log_as_json
from bot.operation.metrics import connections
from bot.privacy.retention import expire_forever
from bot.settings import ROOT, settings


def create_app(studio: Callable[[RasaClient], Mount]) -> Guard:
    """The whole web server as one ASGI application; `studio` makes the part for therapists."""
    rasa = RasaClient()
    channel = _socket_server()
    widgets = WidgetChannel(rasa, Sessions(signing_key(settings().var_dir), settings().keep_conversations_days))
    channel.register_namespace(widgets)
    # A channel where one process sends to a chat adds its `send_to` here, under the beginning of its conversations' ids.
    telegram = TelegramChannel(rasa) if settings().telegram_token else None
    platforms = Platforms(rasa)
    delivery = Delivery(rasa, widgets.show, {**platforms.senders(), **({"telegram-": telegram.send_to} if telegram else {})})

    async def demo(_: Request) -> Response:
        return FileResponse(ROOT / "widget" / "demo" / "index.html")

    async def leave(request: Request) -> Response:
        """The page is going away: `fetch(…, {keepalive: true})` outlives it, a socket does not always."""
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > MAX_SESSION_ID:
                return Response(status_code=413)
        await widgets.leave(body.decode("utf-8", "replace"))
        return Response(status_code=204)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        kept_up = (send_notices_forever(), tell_of_missed_alarms_forever(), expire_forever(), delivery.run(), check_in_forever(rasa))
        at_work = [asyncio.create_task(work) for work in kept_up]
        if telegram:
            at_work.append(asyncio.create_task(telegram.run()))
        yield
        for task in at_work:
            task.cancel()
        if telegram:
            await telegram.stop()
        await platforms.stop()
        await rasa.close()

    site = Starlette(
        routes=[
            Route("/", demo),
            picture_route(),
            *Health(rasa).routes(),
            *privacy_routes(),
            Route("/widget/leave", leave, methods=["POST"]),
            Mount("/widget", StaticFiles(directory=ROOT / "widget" / "dist")),
            studio(rasa),
            Mount("/demo", StaticFiles(directory=ROOT / "widget" / "demo")),
            *platforms.routes(),
            *([Route(WEBHOOK_PATH, telegram.receive, methods=["POST"])] if telegram else []),
        ],
        lifespan=lifespan,
    )
    return Guard(socketio.ASGIApp(channel, site))


def _socket_server() -> socketio.AsyncServer:
    """What the widgets connect to."""
    channel = socketio.AsyncServer(
        async_mode="asgi",
        cors_allowed_origins=settings().origins,
        max_http_buffer_size=MOST_BYTES,
        serializer=TextPacket,
        logger=False,
        engineio_logger=False,
        # Two tabs of a visitor may be connected to two servers.
        client_manager=socketio.AsyncRedisManager(settings().redis_url) if settings().redis_url else None,
    )
    # Looked up, not counted: that a widget is gone is now and then told twice.
    connections.set_function(lambda: len(list(channel.manager.get_participants("/", None))))
    return channel


def serve(studio: Callable[[RasaClient], Mount]) -> None:
    """Run the web server until it is told to stop."""
    import uvicorn

    logging.getLogger().setLevel(logging.WARNING)
    log_as_json("web")
    uvicorn.run(
        create_app(studio),
        host=settings().web_host,
        port=settings().web_port,
        log_config=None,
        access_log=False,
        # Unlike the faster one, it takes no headers without end.
        http="h11",
        ws="wsproto",
        ws_max_size=MOST_BYTES,
        # Little of what is packed can be very much unpacked.
        ws_per_message_deflate=False,
        forwarded_allow_ips=[str(network) for network in settings().trusted_proxies],
        # A therapist's open page is a request that never ends.
        timeout_graceful_shutdown=3,
        server_header=False,
    )
