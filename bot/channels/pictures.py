"""Serves the pictures of check-ups, drawn anew each time from what their address holds (`bot/checkup/address.py`)."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.checkup.address import PATH, SUFFIX, read_address, still_there
from bot.checkup.picture import draw

logger = logging.getLogger(__name__)
# Drawing keeps a processor busy for a fifth of a second; visitors who are talking go before.
AT_ONCE = 2
HEADERS = {
    # On a shared device nothing stays behind.
    "Cache-Control": "no-store",
    # The widget shows it on the practice's own site.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Disposition": "inline",
    "X-Robots-Tag": "noindex",
}


def picture_route() -> Route:
    """The route; an address that was not made here, or whose conversation was erased, is not found."""
    drawing = asyncio.Semaphore(AT_ONCE)

    async def serve(request: Request) -> Response:
        shown = await asyncio.to_thread(read_address, request.path_params["token"])
        if shown is None:
            return Response(status_code=404, headers=HEADERS)
        try:
            if not await asyncio.to_thread(still_there, shown):
                return Response(status_code=404, headers=HEADERS)
        except SQLAlchemyError as problem:
            logger.error("A picture could not be shown: %s", type(problem).__name__)
            return Response(status_code=503, headers=HEADERS)
        async with drawing:
            png = await asyncio.to_thread(draw, shown.areas, shown.before)
        return Response(png, media_type="image/png", headers=HEADERS)

    return Route(f"{PATH}{{token}}{SUFFIX}", serve)
