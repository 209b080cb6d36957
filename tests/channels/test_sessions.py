from pathlib import Path

from bot.channels.sessions import Sessions, signing_key


def test_an_issued_id_leads_back_to_its_conversation() -> None:
    sessions = Sessions("key")
    session_id, sender = sessions.issue()
    assert sessions.sender_of(session_id) == sender


def test_a_forged_id_leads_nowhere() -> None:
    ours, theirs = Sessions("key"), Sessions("another key")
    session_id, sender = ours.issue()
    assert theirs.sender_of(session_id) is None
    for forged in (sender, session_id[:-1], session_id + "x", "", None, 7, "x" * 10_000, [session_id]):
        assert ours.sender_of(forged) is None


def test_no_two_are_alike() -> None:
    sessions = Sessions("key")
    assert len({sessions.issue()[1] for _ in range(100)}) == 100


def test_the_key_is_kept_and_private(tmp_path: Path) -> None:
    first = signing_key(tmp_path)
    assert signing_key(tmp_path) == first
    assert (tmp_path / "keys" / "session.key").stat().st_mode & 0o077 == 0
