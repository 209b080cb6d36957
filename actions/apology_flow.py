"""The way to an apology: what happened, the parts in any order, the draft of the visitor's own words, the review, and how to give it.

The coach asks and never writes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from actions.apology import Responses, fault_lines, kept, replies
from actions.apology_questions import ASIDES, GIVING, MAY_ANSWER, NO_ANSWER, ORDER, QUESTIONS
from actions.apology_text import (
    draft_in,
    is_new_version,
    is_one_sentence_of,
    wants_it_out,
    wants_it_written,
    wants_own_text,
    wants_reading,
    with_sentence_for,
    without,
)
from actions.turns import Reply, Turn, card
from bot.apology import ApologyReview, review_apology
from bot.apology.letter import letter
from bot.apology.review import ELEMENTS
from bot.apology.telling import defends, made_smaller, told
from bot.hearing.partner import UNKNOWN, Partner

SKIPPED = "-"
# A story of so many words needs no further question about what happened.
ENOUGH_WORDS = 15
# So often a softened deed, or a message beside the question, is asked again; then it is the visitor's.
MOST_TIMES = 2
LONGEST_WORDS = 1000


@dataclass
class Apology:
    """How far somebody is. `told`: their own words by part; `given`: elements of the draft that they were asked for and answered."""

    told: dict[str, str] = field(default_factory=dict)
    asked: str | None = None
    times: dict[str, int] = field(default_factory=dict)
    draft: str = ""
    given: list[str] = field(default_factory=list)
    missing: str | None = None
    review: dict[str, Any] | None = None
    last: str | None = None
    done: bool = False


@dataclass
class Course:
    """One turn of the way: takes the message, changes `apology`, and holds what is to be said in `replies`."""

    apology: Apology
    responses: Responses
    partner: Partner = UNKNOWN
    replies: list[Reply] = field(default_factory=list)
    # A person was asked for; the intake comes next.
    to_person: bool = False

    def open(self, turn: Turn) -> None:
        """Begin, or go on where it stopped; whatever the first message tells already is not asked."""
        if self.apology.done:
            self.apology = Apology()
        asked = self.apology.asked
        if draft := draft_in(turn, asked=False):
            self._review(draft)
        elif turn.intent == "share_apology_draft":
            self._ask("text")
        elif asked is None or (asked in ORDER and turn.intent == "express_apology"):
            self._hear(turn.text)
            self._next()
        else:
            self.ask_again()

    def answer(self, turn: Turn) -> None:
        """Take the reply to what was asked."""
        asked = self.apology.asked or "story"
        draft = draft_in(turn, asked=asked == "text" and self.apology.missing is None)
        if turn.after in ("utter_human", "utter_intake") and (turn.yes or turn.no):
            self._person(turn)
        elif draft:
            self._take(draft)
        elif asked in GIVING:
            self._next_of_giving(asked)
        elif wants_it_written(turn.text):
            self._say("utter_apology_yours")
            self.ask_again()
        elif asked == "text":
            self._about_text(turn)
        elif turn.corrects and self._correct(turn.text):
            self._say("utter_apology_changed")
            self._next()
        elif turn.unsure:
            self._unsure(turn, asked)
        elif turn.is_button or turn.yes or turn.no:
            self.ask_again()
        elif aside := self._aside(turn, asked):
            self._say(aside)
            self.ask_again()
        elif asked != "responsibility" or not self._softened(turn.text):
            self._hear(turn.text, asked)
            self._next()

    def ask_again(self) -> None:
        """The question that stands open, in other words."""
        asked = self.apology.asked or "story"
        if asked == "text" and self.apology.missing:
            self._say(f"utter_review_missing_{self.apology.missing}")
        elif asked == "text" and self.apology.draft and self.apology.review is None:
            self._show_draft()
        else:
            self._ask(asked)

    def _hear(self, text: str, asked: str | None = None) -> None:
        """Keep what a message tells: the part that was asked for, and others that are sure."""
        apology = self.apology
        sure = {} if text.startswith("/") else told(text)
        if asked != "responsibility" and made_smaller(sure.get("responsibility", "")).faults:
            # Told in passing and made smaller: it is asked for in a sentence of its own.
            del sure["responsibility"]
        for element, words in sure.items():
            if element != asked:
                self._add(element, words)
        if asked is not None and not self._no_answer(asked, set(sure)):
            # Of a message that tells more, only what belongs here.
            whole = asked == "story" or set(sure) <= {asked}
            apology.told[asked] = (text if whole else sure.get(asked, text))[:LONGEST_WORDS]
            apology.last = asked
        if "story" not in apology.told and ("responsibility" in apology.told or len(text.split()) >= ENOUGH_WORDS):
            apology.told["story"] = text[:LONGEST_WORDS]

    def _add(self, element: str, words: str) -> None:
        """What is told of a part once more comes behind what was told."""
        before = self.apology.told.get(element, SKIPPED)
        if words not in before:
            self.apology.told[element] = (words if before == SKIPPED else f"{before.rstrip('.')}. {words}")[:LONGEST_WORDS]

    def _no_answer(self, asked: str, sure: set[str]) -> bool:
        """Whether a message surely tells of other parts, and not of the one that was asked for."""
        return bool(sure) and sure <= NO_ANSWER.get(asked, set()) and self._again(f"beside_{asked}")

    def _again(self, what: str) -> bool:
        """Whether something may be asked once more."""
        self.apology.times[what] = self.apology.times.get(what, 0) + 1
        return self.apology.times[what] <= MOST_TIMES

    def _softened(self, text: str) -> bool:
        """Whether a deed is made smaller in the telling; then the words that do so are named and it is asked again."""
        review = made_smaller(text)
        if not review.faults or not self._again("softened"):
            return False
        self._say("utter_apology_soft", fault_lines(review, self.apology.times["softened"] - 1, self.responses, self.partner)[0])
        return True

    def _correct(self, text: str) -> bool:
        """Put what is told now in the place of what was told before; False when nothing was."""
        sure = told(text)
        changed = [element for element in sure if element in self.apology.told]
        for element in changed:
            self.apology.told[element] = sure[element]
        if not changed and self.apology.last:
            self.apology.told[self.apology.last] = re.sub(
                r"^\W*(?:nee|neen|wacht(?: even)?|ik bedoel(?:de)?|toch|eigenlijk)\b[, ]*", "", text, flags=re.IGNORECASE
            )
            changed = [self.apology.last]
        return bool(changed)

    def _unsure(self, turn: Turn, asked: str) -> None:
        """Help at the first 'geen idee'; at the second, or when asked to, leave it open."""
        times = self.apology.times.get(asked, 0)
        self.apology.times[asked] = times + 1
        if turn.skips or times:
            self.apology.told[asked] = SKIPPED
            self._next()
        else:
            self._say(f"utter_apology_hint_{asked}")

    def _aside(self, turn: Turn, asked: str) -> str | None:
        """What is said first to a message that is about something else than what was asked."""
        beside = turn.intent in ASIDES and turn.intent != "minimise_harm" and turn.intent not in MAY_ANSWER.get(asked, ())
        if beside and not told(turn.text):
            return ASIDES[turn.intent] if self._again(f"aside_{turn.intent}") else None
        if (
            asked not in ("story", "responsibility")
            and turn.intent != "express_shame"
            and defends(turn.text)
            and self._again(f"defended_{asked}")
        ):
            return ASIDES["minimise_harm"]
        return None

    def _next(self) -> None:
        """Ask for the next part; when all was told, show the draft."""
        left = [part for part in ORDER if part not in self.apology.told]
        if left:
            self._ask(left[0])
            return
        words = {part: said for part, said in self.apology.told.items() if part in ELEMENTS and said != SKIPPED}
        self.apology.draft, self.apology.given, self.apology.review = letter(words), list(words), None
        self.apology.missing = None
        if words:
            self._show_draft()
        else:
            self._ask("text")

    def _show_draft(self) -> None:
        self.apology.asked = "text"
        self._say("utter_apology_draft", self.apology.draft)

    def _about_text(self, turn: Turn) -> None:
        """A reply about the draft: read it, write it oneself, more of what happened, or the words for what was missing in it."""
        apology = self.apology
        shown = bool(apology.draft) and apology.review is None
        if apology.review and apology.review["faults"] and wants_it_out(turn.text):
            self._put(without(apology.draft, apology.review["faults"][0]["text"]))
        elif apology.missing:
            self._about_missing(turn, apology.missing)
        elif shown and not turn.no and wants_reading(turn.text):
            self._review(apology.draft, keep=True)
        elif shown and not turn.is_button and told(turn.text):
            # What is told late still comes into the draft.
            if not (turn.corrects and self._correct(turn.text)):
                self._hear(turn.text)
            self._say("utter_apology_changed")
            self._next()
        elif shown and turn.yes and not wants_own_text(turn.text):
            self._review(apology.draft, keep=True)
        else:
            self._ask("text")

    def _about_missing(self, turn: Turn, missing: str) -> None:
        if turn.is_button or turn.yes:
            self.ask_again()
        elif is_new_version(turn.text, self.apology.draft):
            self._review(turn.text)
        else:
            self.apology.given.append(missing)
            # 'Nee', 'sla over': not everything has to be in it, it is theirs.
            more = "" if turn.no or turn.unsure else " " + letter({missing: turn.text})
            self._review(self.apology.draft + more, keep=True)

    def _take(self, text: str) -> None:
        """A whole text is read; a sentence after a weak one was marked goes in its place."""
        apology = self.apology
        weak = apology.review["faults"][0]["text"] if apology.review and apology.review["faults"] else None
        if weak and is_one_sentence_of(text, apology.draft) and not is_new_version(text, apology.draft):
            self._put(with_sentence_for(apology.draft, weak, text))
        else:
            self._review(text)

    def _put(self, draft: str) -> None:
        """Read the text with the change in it, and show the whole of it first; when it is done, it is shown to be kept anyway."""
        first = len(self.replies)
        self._review(draft, keep=True)
        if self.apology.asked == "text":
            self.replies.insert(first, Reply("utter_apology_put", draft))

    def _review(self, draft: str, *, keep: bool = False) -> None:
        """Read a draft and say what is there, what weakens it and what is missing. `keep`: it grew out of the one before."""
        apology = self.apology
        if not keep:
            apology.given = []
        found = review_apology(draft)
        review = ApologyReview(found.elements | frozenset(apology.given), found.faults)
        self.replies += replies(draft, review, apology.review, self.responses, self.partner)
        apology.draft, apology.review, apology.asked = draft, kept(review, apology.review), "text"
        apology.missing = next((name for name in ELEMENTS if name not in review.elements), None)
        if apology.missing is None and not review.faults:
            apology.asked = "when"
            self.replies.insert(-1, Reply("utter_apology_keep", draft, card("Jouw excuses", [("In jouw woorden", draft)])))

    def _next_of_giving(self, asked: str) -> None:
        after = GIVING[GIVING.index(asked) + 1 :]
        if after:
            self._ask(after[0])
        else:
            self.apology.done, self.apology.asked = True, None
            self._say("utter_apology_done")

    def _person(self, turn: Turn) -> None:
        if turn.yes:
            self.to_person = True
            self._say("utter_intake_start")
        else:
            self._say("utter_intake_not_now")
            self.ask_again()

    def _ask(self, part: str) -> None:
        self.apology.asked = part
        self._say(QUESTIONS[part])

    def _say(self, response: str, parts: str = "") -> None:
        self.replies.append(Reply(response, parts))
