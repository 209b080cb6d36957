"""Socket.IO's packets, as far as the widget uses them: text only.

A packet may announce billions of binary parts, and the library keeps those that come until the last one has: memory without end.
"""

from __future__ import annotations

import logging
from typing import Any

from socketio import packet

# It writes a line, with a traceback, for every packet that can't be read: whoever sends many would fill the disk.
logging.getLogger("engineio.server").setLevel(logging.CRITICAL)


class TextPacket(packet.Packet):  # type: ignore[misc]
    """A packet without binary parts."""

    def decode(self, encoded_packet: Any) -> int:
        """Read a packet. Raises `ValueError` where it is none that a widget sends."""
        if not isinstance(encoded_packet, str) or encoded_packet[:1] not in tuple("01234"):
            raise ValueError("No packet of a widget.")
        try:
            announced: int = super().decode(encoded_packet)
        except RecursionError:
            raise ValueError("Nested too deeply.") from None
        if announced:
            raise ValueError("Binary parts are not taken.")
        return announced
