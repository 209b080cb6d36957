"""Drafts: one for each therapist, changed only on the state that was shown, kept whole or not at all."""

from __future__ import annotations

import threading

import pytest

from bot.content.drafts import OPERATOR, OutOfDate, discard, draft_of, drafts, save, take_over
from bot.content.examples import examples, with_examples
from bot.content.files import Content, ContentError, shipped
from bot.content.versions import published
from tests.databases import Database


def with_message(content: Content, message: str) -> Content:
    return with_examples(content, "express_hurt", [message])


def test_a_draft_begins_with_what_is_published(database: Database) -> None:
    draft = draft_of("somebody")
    assert (draft.base.number, draft.revision, draft.content, draft.changed) == (0, 0, shipped(), False)
    assert drafts() == []


def test_a_draft_is_ones_own(database: Database) -> None:
    mine = save(draft_of("one"), "0.0", "Een", with_message(shipped(), "het steekt nog zo"))
    assert draft_of("one") == mine
    assert mine.changed
    assert not draft_of("two").changed
    assert [(line.owner, line.name, line.base, line.revision) for line in drafts()] == [("one", "Een", 0, 1)]
    assert published().content == shipped()


def test_files_that_come_and_go_are_kept(database: Database) -> None:
    base = dict(shipped())
    gone = base.pop("data/stories/forgiveness.yml")
    base["data/stories/eigen.yml"] = gone
    save(draft_of("one"), "0.0", "Een", base)
    assert draft_of("one").content == base


def test_an_older_state_is_refused(database: Database) -> None:
    first = draft_of("one")
    second = save(first, first.mark, "Een", with_message(first.content, "eerste"))
    for late in (lambda: save(first, first.mark, "Een", first.content), lambda: save(second, first.mark, "Een", first.content)):
        with pytest.raises(OutOfDate):
            late()
    with pytest.raises(OutOfDate):
        discard(second, first.mark)
    assert draft_of("one") == second


def test_two_tabs_at_the_same_moment_leave_one_edit(database: Database) -> None:
    draft, done = draft_of("one"), []
    start = threading.Barrier(4)

    def edit(number: int) -> None:
        start.wait()
        try:
            save(draft, draft.mark, "Een", with_message(draft.content, f"bericht nummer {number}"))
            done.append(number)
        except OutOfDate:
            pass

    threads = [threading.Thread(target=edit, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (number,) = done
    assert examples(draft_of("one").content)["express_hurt"][-1] == f"bericht nummer {number}"
    assert draft_of("one").revision == 1


def test_what_can_not_be_kept_changes_nothing(database: Database) -> None:
    draft = draft_of(OPERATOR)
    with pytest.raises(ContentError, match="ontbreekt"):
        save(draft, draft.mark, "operator", {})
    assert not draft_of(OPERATOR).changed


def test_a_draft_is_thrown_away_and_taken_to_another_version(database: Database) -> None:
    draft = save(draft_of("one"), "0.0", "Een", with_message(shipped(), "het steekt nog zo"))
    moved = take_over(draft, draft.mark, "Een", draft.content, draft.base)
    assert (moved.revision, draft_of("one")) == (2, moved)
    discard(moved, moved.mark)
    assert not draft_of("one").changed
    with pytest.raises(OutOfDate):
        discard(moved, moved.mark)
