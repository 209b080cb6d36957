import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.sessions import Sessions, signing_key


def test_an_issued_id_leads_back_to_its_conversation() -> None:
    sessions = Sessions("key", 30)
    session_id, sender = sessions.issue()
    assert sessions.sender_of(session_id) == sender


def test_a_forged_id_leads_nowhere() -> None:
    ours, theirs = Sessions("key", 30), Sessions("another key", 30)
    session_id, sender = ours.issue()
    assert theirs.sender_of(session_id) is None
    for forged in (sender, session_id[:-1], session_id + "x", "", None, 7, "x" * 10_000, [session_id]):
        assert ours.sender_of(forged) is None


def test_no_two_are_alike() -> None:
    sessions = Sessions("key", 30)
    assert len({sessions.issue()[1] for _ in range(100)}) == 100


def test_the_key_is_kept_and_private(tmp_path: Path) -> None:
    first = signing_key(tmp_path)
    assert signing_key(tmp_path) == first
    assert (tmp_path / "keys" / "session.key").stat().st_mode & 0o077 == 0


def test_an_old_id_leads_nowhere_and_each_visit_gives_a_fresh_one(monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = Sessions("key", 30)
    session_id, sender = sessions.issue()
    issued = time.time()
    monkeypatch.setattr(time, "time", lambda: issued + 29 * 86400)
    assert sessions.sender_of(session_id) == sender
    fresh = sessions.id_of(sender)
    monkeypatch.setattr(time, "time", lambda: issued + 31 * 86400)
    assert sessions.sender_of(session_id) is None
    assert sessions.sender_of(fresh) == sender


@given(st.text(alphabet='abcW-_."{}=\u00e9\ud800', max_size=80) | st.binary(max_size=80))
def test_no_made_up_id_is_one(made_up: object) -> None:
    assert Sessions("key", 30).sender_of(made_up) is None


@given(st.data())
def test_no_changed_id_is_one(data: st.DataObject) -> None:
    sessions = Sessions("key", 30)
    session_id, sender = sessions.issue()
    at = data.draw(st.integers(0, len(session_id) - 1))
    changed = session_id[:at] + data.draw(st.characters()) + session_id[at + 1 :]
    # The last sign of a signature has bits that count for nothing.
    assert sessions.sender_of(changed) in ((None, sender) if at == len(session_id) - 1 or changed == session_id else (None,))
