"""A check-up is kept when the visitor wants it, encrypted, once; and comes back the next time."""

from __future__ import annotations

import sqlalchemy as sa

from bot.checkup.kept import Kept, keep, newest
from bot.privacy.erase import erase
from bot.store.database import engine
from bot.store.rotation import rotate_keys
from bot.store.tables import utc_now
from tests.databases import Database


def count() -> int:
    with engine().connect() as connection:
        return int(connection.execute(sa.text("SELECT count(*) FROM checkups")).scalar())


def test_the_newest_comes_back(database: Database) -> None:
    assert newest("somebody") is None
    keep("somebody", {"trust": 3.5})
    keep("somebody", {"trust": 6.0, "joy": 7.0})
    assert newest("somebody") == Kept(utc_now().date(), {"trust": 6.0, "joy": 7.0})
    assert newest("somebody-else") is None


def test_a_double_click_keeps_one(database: Database) -> None:
    keep("somebody", {"trust": 3.5})
    keep("somebody", {"trust": 3.5})
    assert count() == 1


def test_nothing_of_it_can_be_read_in_the_files(database: Database) -> None:
    keep("somebody", {"zonnebloemolie": 3.5})
    assert b"somebody" in database.bytes_on_disk()
    assert b"zonnebloemolie" not in database.bytes_on_disk()


def test_new_keys_still_read_it(database: Database) -> None:
    keep("somebody", {"trust": 3.5})
    assert rotate_keys().startswith("1 rows")
    kept = newest("somebody")
    assert kept is not None
    assert kept.areas == {"trust": 3.5}


def test_it_goes_with_the_visitors_data_and_no_others(database: Database) -> None:
    keep("somebody", {"trust": 3.5})
    keep("somebody-else", {"trust": 3.5})
    assert erase("somebody") == 1
    assert newest("somebody") is None
    assert newest("somebody-else") is not None
