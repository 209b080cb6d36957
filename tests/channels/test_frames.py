"""Socket.IO packets that no widget sends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from socketio import packet

from bot.channels.frames import TextPacket


@pytest.mark.parametrize("frame", ['2["user_uttered",{"id":"1","message":"hoi"}]', '21["x"]', "0", "40"[1:], "1", "31[]", "2/x,[]"])
def test_what_a_widget_sends_is_read_as_ever(frame: str) -> None:
    read, usual = TextPacket(encoded_packet=frame), packet.Packet(encoded_packet=frame)
    assert (read.packet_type, read.data, read.namespace, read.id) == (usual.packet_type, usual.data, usual.namespace, usual.id)


@pytest.mark.parametrize(
    "frame",
    [
        '51-["user_uttered",{"_placeholder":true,"num":0}]',
        '59999999999-["x"]',
        "61-[]",
        '29999-["x"]',
        "7",
        "x",
        "²[]",
        b"\x00\x01",
        "2" + "[" * 30_000,
        "2" + '{"a":' * 10_000,
        "2" + "1" * 200,
        "2[1",
    ],
)
def test_the_rest_is_refused_and_nothing_of_it_kept(frame: str | bytes) -> None:
    with pytest.raises(ValueError):
        TextPacket(encoded_packet=frame)


@given(st.text(alphabet=st.sampled_from('0123456789-/,[]{}":abnull_ø²'), max_size=60) | st.binary(max_size=20))
def test_any_frame_is_read_or_refused(frame: str | bytes) -> None:
    try:
        read = TextPacket(encoded_packet=frame)
    except ValueError:
        return
    assert read.attachment_count == 0
