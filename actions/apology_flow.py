"""The way to an apology: what happened, the parts in any order, the draft of the visitor's own words, the review, and how to give it.

The coach asks and never writes it. What is done with the text itself stands in apology_draft.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.about_talk import asked_already, wants_example
from actions.apology import fault_lines
from actions.apology_draft import SKIPPED, Apology, TextOfApology
from actions.apology_questions import ASIDES, GIVING, MAY_ANSWER, NO_ANSWER, ORDER
from actions.apology_text import (
    SENTENCE_SHARE,
    announces,
    draft_in,
    wants_change,
    wants_it_out,
    wants_it_written,
    wants_own_text,
    wants_reading,
    wants_to_see,
    without,
)
from actions.turns import Turn, quoted
from bot.apology import review_apology
from bot.apology.insults import insults_in
from bot.apology.letter import alike, letter
from bot.apology.review import ELEMENTS
from bot.apology.telling import defends, made_smaller, told

__all__ = ["Apology", "Course"]

# A story of so many words needs no further question about what happened.
ENOUGH_WORDS = 15
LONGEST_WORDS = 1000
# Of what was said before the way began, so many messages are read.
MOST_EARLIER = 8


@dataclass
class Course(TextOfApology):
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
        elif changing and not wants_to_see(turn.text) and (not draft or self._is_the_sentence(draft)):
            self.change(turn)
        elif self._about_talk(turn, asked):
            return
        elif draft:
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
        elif not self._scolds(turn.text) and (asked != "responsibility" or not self._softened(turn.text)):
            self._hear(turn.text, asked)
            self._next()

    def _about_talk(self, turn: Turn, asked: str) -> bool:
        """Whether the message asks for the text, a change or an example, or says that a question came before; then that is answered."""
        if wants_to_see(turn.text):
            self.show()
        elif wants_change(turn.text):
            self.begin_change(turn)
        elif asked_already(turn.text):
            self._leave_asked(asked)
        elif wants_example(turn.text):
            part = self.apology.missing if asked == "text" else asked
            self._say(f"utter_apology_example_{part}" if part in ORDER else "utter_apology_what_we_do")
            self.ask_again()
        else:
            return False
        return True

    def _leave_asked(self, asked: str) -> None:
        """What was asked before is not asked again: sorry, what was understood, and the next question."""
        apology = self.apology
        self._say("utter_asked_already")
        if known := apology.told.get(apology.last or "", "") or next((apology.told[part] for part in reversed(self._told_parts())), ""):
            self._say("utter_understood", quoted(known))
        if asked in ORDER:
            apology.told.setdefault(asked, SKIPPED)
            apology.times[f"known_{asked}"] = 1
            self._next()
        elif asked in GIVING:
            self._next_of_giving(asked)
        elif apology.missing:
            apology.given.append(apology.missing)
            self._review(apology.draft, keep=True)
        else:
            self.ask_again()

    def _scolds(self, text: str) -> bool:
        """Whether the partner is called names in what would come into the text; then the words are quoted and it is asked again."""
        said = letter({"regret": text}, self._name())
        insult = next((said[start:end] for start, end in insults_in(said)), None)
        if insult is None or not self._again("insult"):
            return False
        self._say(
            "utter_review_weakens", fault_lines(review_apology(said), self.apology.times["insult"] - 1, self.responses, self.partner)[0]
        )
        self.ask_again()
        return True

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
        known = [part for part in ELEMENTS if f"known_{part}" in self.apology.times and part not in words]
        self.apology.draft, self.apology.given, self.apology.review = letter(words, self._name()), [*words, *known], None
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
        else:
            self._ask("text")

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
