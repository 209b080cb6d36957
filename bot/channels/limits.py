"""How much one visitor or one address may ask in a while, and which address a request came from."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from bot.settings import settings

REMEMBERED = 50_000
UNREADABLE = "unreadable"


class Limiter:
    """A bucket of tokens for each key: `burst` at once, refilled with `per_second`. The keys used longest ago are forgotten first."""

    def __init__(self, burst: float, per_second: float) -> None:
        self._burst = burst
        self._per_second = per_second
        # Tokens left, and when that was.
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, cost: float = 1.0) -> bool:
        """Whether `cost` tokens are there; if so, they are taken. What costs more than a whole bucket needs a full one."""
        now = time.monotonic()
        left, before = self._left.pop(key, (self._burst, now))
        left = min(self._burst, left + (now - before) * self._per_second)
        fits = left >= min(cost, self._burst)
        self._left[key] = (max(0.0, left - cost) if fits else left, now)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return fits


def address_of(scope: Mapping[str, Any]) -> str | None:
    """Where a request came from, for counting only; of IPv6 the network that one household has.

    The web server put in what a trusted proxy says (`COACH_TRUSTED_PROXIES`); nobody else's header is believed. None: it came from this
    machine or from the proxy itself, so that nothing is known of the visitor's address.
    """
    client = scope.get("client")
    if not client:
        return None
    try:
        address = ipaddress.ip_address(str(client[0]).split("%")[0])
    except ValueError:
        return UNREADABLE
    if address.is_loopback or any(address in network for network in settings().trusted_proxies):
        return None
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)
