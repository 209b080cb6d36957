"""The way to an apology: what happened, the parts in any order, the draft of the visitor's own words, the review, and how to give it.

The coach asks and never writes it. What is done with the text itself stands in apology_draft.py, what is said beside the questions in apology_beside.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.apology_beside import BesideTheQuestion
from actions.apology_draft import names_deed
from actions.apology_questions import GIVING, NO_ANSWER, ORDER
from actions.apology_state import SKIPPED, Apology
from actions.apology_text import (
    SENTENCE_SHARE,
    announces,
    draft_in,
    is_letter,
    says_sorry,
    wants_it_out,
    wants_it_written,
    wants_own_text,
    wants_reading,
    without,
)
from actions.turns import Turn
from bot.apology import review_apology
from bot.apology.insults import insults_in
from bot.apology.letter import alike, letter
from bot.apology.review import ELEMENTS
from bot.apology.telling import made_smaller, told

__all__ = ["Apology", "Course"]

# A story of so many words needs no further question about what happened.
ENOUGH_WORDS = 15
LONGEST_WORDS = 1000
# Of what was said before the way began, so many messages are read.
MOST_EARLIER = 8
# 'Ik heb het contact verbroken': done already, so that it does not happen again.
_MEASURE_TAKEN = re.compile(
    r"\b(?:verbroken|geblokkeerd|verwijderd|gewist|gestopt|opgezegd|weggedaan|aangemeld|ingeschreven|afgesproken|beloofd|afspraak)\b",
    re.IGNORECASE,
)


@dataclass
class Course(BesideTheQuestion):
    """One turn of the way: takes the message, changes `apology`, and holds what is to be said in `replies`."""

    # A person was asked for; the intake comes next.
    to_person: bool = False

    def open(self, turn: Turn, earlier: Sequence[str] = ()) -> None:
        """Begin, or go on where it stopped; what this message or one of the `earlier` ones tells already is not asked."""
        if self.apology.done:
            self.apology, earlier = Apology(), ()
        asked = self.apology.asked
        if draft := draft_in(turn, asked=False):
            self._review(draft)
        elif turn.intent == "share_apology_draft" and not announces(turn.text):
            self._ask("text")
        elif asked is None or (asked in ORDER and turn.intent == "express_apology"):
            for message in earlier[-MOST_EARLIER:] if asked is None else ():
                self._hear_in_passing(message)
            self._hear(turn.text)
            self._next()
        else:
            self.ask_again()

    def answer(self, turn: Turn) -> None:
        """Take the reply to what was asked."""
        asked = self.apology.asked or "story"
        changing = self.apology.changing is not None
        draft = draft_in(turn, asked=asked == "text" and self.apology.missing is None and not changing)
        if turn.after in ("utter_human", "utter_intake") and (turn.yes or turn.no):
            self._person(turn)
        elif self._about_talk(turn, asked) or (not self._stands_alone(turn.text, draft) and self._beside(turn, asked)):
            return
        elif changing and (not draft or self._is_the_sentence(draft)):
            self.change(turn)
        elif draft and (asked not in ORDER or not self.apology.told or is_letter(draft)):
            self._take(draft, whole=turn.after == "utter_draft_ask")
        elif asked in GIVING:
            self._next_of_giving(asked)
        elif wants_it_written(turn.text):
            self._say("utter_apology_yours")
            self.ask_again()
        elif asked == "text":
            self._about_text(turn)
        else:
            self._answer_part(turn, asked)

    def _stands_alone(self, text: str, draft: str | None) -> bool:
        """Whether a text is a whole apology: one sentence in the middle of the questions would push out what was told."""
        begins = not self.apology.told and not self.apology.draft
        return is_letter(text) or (begins and bool(draft) and says_sorry(text))

    def _is_the_sentence(self, text: str) -> bool:
        """Whether a text is the new wording of the sentence that was named, not a whole new letter."""
        return self.apology.changing != -1 and len(text.split()) < SENTENCE_SHARE * len(self.apology.draft.split())

    def _answer_part(self, turn: Turn, asked: str) -> None:
        """Take the reply to the question about a part."""
        if turn.corrects and self._correct(turn.text):
            self._say("utter_apology_changed")
            self._next()
        elif turn.unsure:
            self._unsure(turn, asked)
        elif turn.is_button or turn.yes or turn.no:
            self.ask_again()
        elif aside := self._aside(turn, asked):
            self._say(aside)
            self.ask_again()
        elif asked == "responsibility" and is_only_insult(turn.text):
            # 'Stomme trut': the word that was said is the deed.
            self._hear(f"ik noemde je een {turn.text.strip(' .!')}", asked)
            self._next()
        elif not self._scolds(turn.text) and (asked != "responsibility" or not self._softened(turn.text)):
            self._hear(turn.text, asked)
            self._next()

    def _hear_in_passing(self, text: str) -> None:
        """What an earlier message surely told of the parts, before the way to an apology began."""
        if not text.startswith("/") and len(text.split()) <= LONGEST_WORDS:
            sure = told(text)
            if made_smaller(sure.get("responsibility", "")).faults:
                del sure["responsibility"]
            for element, words in sure.items():
                self._add(element, words)
            if "responsibility" in sure:
                self.apology.told["story"] = text[:LONGEST_WORDS]

    def _hear(self, text: str, asked: str | None = None) -> None:
        """Keep what a message tells: the part that was asked for, and others that are sure."""
        apology = self.apology
        sure = {} if text.startswith("/") else told(text)
        if asked != "responsibility" and made_smaller(sure.get("responsibility", "")).faults:
            # Told in passing and made smaller: it is asked for in a sentence of its own.
            del sure["responsibility"]
        if asked == "no_repeat" and _MEASURE_TAKEN.search(text):
            sure.pop("responsibility", None)
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
        if not any(alike(words, sentence) for sentence in before.split(". ")):
            self.apology.told[element] = (words if before == SKIPPED else f"{before.rstrip('.')}. {words}")[:LONGEST_WORDS]

    def _no_answer(self, asked: str, sure: set[str]) -> bool:
        """Whether a message surely tells of other parts, and not of the one that was asked for."""
        return bool(sure) and sure <= NO_ANSWER.get(asked, set()) and self._again(f"beside_{asked}")

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

    def _next(self) -> None:
        """Ask for the next part; when all was told, show the draft."""
        left = [part for part in ORDER if part not in self.apology.told]
        if left:
            self._ask(left[0])
            return
        words = {part: said for part, said in self.apology.told.items() if part in ELEMENTS and said != SKIPPED}
        known = [part for part in ELEMENTS if f"known_{part}" in self.apology.times and part not in words]
        self.apology.draft, self.apology.review = letter(words, self._name()), None
        # Whatever was answered, an apology names a deed.
        deed = names_deed(self.apology.draft, review_apology(self.apology.draft))
        self.apology.given = [part for part in (*words, *known) if part != "responsibility" or deed]
        self.apology.missing = None
        if words:
            self._show_draft()
        else:
            self._ask("text")

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
        elif turn.unsure:
            self.ask_again()
        else:
            self._ask("text")

    def _person(self, turn: Turn) -> None:
        if turn.yes:
            self.to_person = True
            self._say("utter_intake_start")
        else:
            self._say("utter_intake_not_now")
            self.ask_again()


def is_only_insult(text: str) -> bool:
    """Whether an answer is no more than a name that somebody was called."""
    words = text.strip(" .!?\"'")
    return len(words.split()) <= 2 and any(end - start >= len(words) for start, end in insults_in(f"{words}"))
