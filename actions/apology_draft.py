"""The text on the way to an apology: shown at any moment, changed sentence by sentence, and read for what is there and what weakens it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from actions.apology import Responses, fault_lines, kept, replies, what_next
from actions.apology_edits import Edit, edited
from actions.apology_questions import QUESTIONS, WORDS_FOR
from actions.apology_state import SKIPPED, Apology
from actions.apology_text import (
    STARTS_WITH_NUMBER,
    is_new_version,
    is_one_sentence_of,
    likest,
    number_named,
    numbered,
    sentences,
    with_sentence_for,
)
from actions.turns import Reply, Turn, card, quoted
from bot.apology import ApologyReview, review_apology
from bot.apology.closing import closing_at, with_sentence
from bot.apology.letter import alike, letter
from bot.apology.review import ELEMENTS
from bot.hearing.deeds import tells_deed
from bot.hearing.partner import UNKNOWN, Partner

# So often a softened deed, an insult or a message beside the question is asked again; then it is the visitor's.
MOST_TIMES = 2
# A sentence of which more than this share weakens holds nothing else.
MOST_WEAK = 0.6


@dataclass
class TextOfApology:
    """What a turn does with the text. It changes `apology`, and holds what is to be said in `replies`."""

    apology: Apology
    responses: Responses
    partner: Partner = UNKNOWN
    replies: list[Reply] = field(default_factory=list)

    def ask_again(self) -> None:
        """The question that stands open, in other words."""
        asked = self.apology.asked or "story"
        if asked == "text" and self.apology.missing:
            self._say(f"utter_review_missing_{self.apology.missing}")
        elif asked == "text" and self.apology.draft and self.apology.review is None:
            self._show_draft()
        elif asked == "text" and self.apology.review and self.apology.review["faults"]:
            self._say("utter_review_change")
        elif asked == "when" and (open_parts := self._open_parts()):
            self._say("utter_apology_without", open_parts)
        else:
            self._ask(asked)

    def show(self) -> None:
        """The text as far as it is, and the question that stands open."""
        apology, text = self.apology, self._text()
        apology.changing = None
        if not (apology.asked == "text" and apology.draft and apology.review is None):
            # Else the question shows it anyway.
            self._say("utter_apology_text_now" if text else "utter_apology_no_text", text)
        self.ask_again()

    def begin_change(self, turn: Turn) -> None:
        """Ask which sentence, where the message names none."""
        parts = self._parts()
        if not parts:
            self._say("utter_apology_no_text")
            self.ask_again()
            return
        self.apology.changing = -1
        number, _ = number_named(turn.text, len(parts))
        if number is not None:
            self._name_sentence(number, parts)
        elif len(parts) == 1:
            self._name_sentence(0, parts)
        else:
            self._say("utter_apology_which", numbered(parts))

    def change(self, turn: Turn) -> None:
        """Take the number of a sentence, its new words, or both; a whole text takes the place of all."""
        apology, parts = self.apology, self._parts()
        number, words = number_named(turn.text, len(parts))
        if apology.changing not in (None, -1) and (number is None or not STARTS_WITH_NUMBER.match(turn.text)):
            number, words = apology.changing, turn.text
        elif number is None:
            number = likest(words, parts)
        if turn.no or turn.yes or turn.unsure or turn.is_button:
            apology.changing = None
            self.ask_again()
        elif len(parts) > 1 and is_new_version(turn.text, " ".join(parts)) and apology.draft:
            apology.changing = None
            self._review(turn.text, keep=True)
        elif number is None or number >= len(parts):
            self._say("utter_apology_which", numbered(parts))
        elif not words:
            self._name_sentence(number, parts)
        else:
            apology.changing = None
            self._put_sentence(number, words)

    def edit(self, edit: Edit) -> None:
        """Do the change that is asked for and show the text; where the words are not there, show the sentences with their numbers."""
        apology, parts = self.apology, self._parts()
        apology.changing = None
        if not parts:
            self._say("utter_apology_no_text")
            self.ask_again()
            return
        end = closing_at(apology.draft)
        new = edited(apology.draft[:end], edit) if apology.draft else self._edited_told(edit)
        if new is None:
            apology.changing = -1
            self._say("utter_apology_how_change", numbered(parts))
            return
        if not apology.draft:
            self._say("utter_apology_text_now" if self._text() else "utter_apology_no_text", self._text())
            self.ask_again()
            return
        if edit.new == "":
            self._leave_out(apology.draft[:end], new)
        closing = apology.draft[end:]
        draft = f"{new}{' ' if closing.strip() and not closing[0].isspace() else ''}{closing}".strip()
        if not draft or apology.review is None:
            if edit.new and (edit.number(len(parts)) is None or len(parts) == len(self._told_parts())):
                self._edited_told(edit)
            apology.draft = draft
            if draft:
                self._say("utter_apology_changed")
                self._show_draft()
            else:
                self._ask("text")
        else:
            self._put(draft)

    def _leave_out(self, before: str, after: str) -> None:
        """The parts of which the words went out of the text are open: said at the end, and not put back."""
        for part in self._told_parts():
            said = sentences(letter({part: self.apology.told[part]}, self._name()))
            if all(any(alike(one, other) for other in sentences(before)) for one in said) and not any(
                alike(one, other) for one in said for other in sentences(after)
            ):
                self.apology.told[part] = SKIPPED
                self.apology.left_out.append(part)

    def _open_parts(self, most: int = len(ELEMENTS)) -> str:
        """What is not in the text, in words for a visitor: once read, what was not found there; before, what was not told."""
        apology = self.apology
        there = apology.review["elements"] if apology.review else self._told_parts()
        given = [part for part in apology.given if part not in apology.left_out]
        return " en ".join([WORDS_FOR[part] for part in ELEMENTS if part not in there and part not in given][:most])

    def _edited_told(self, edit: Edit) -> str | None:
        """Do the change in what was told of each part; the new words of one of them, None where none holds what was named."""
        done = None
        parts = self._told_parts()
        number = edit.number(len(parts))
        for part in parts if number is None else parts[number : number + 1]:
            new = edited(self.apology.told[part], edit) if number is None else edit.new
            if new is not None:
                self.apology.told[part] = done = new or SKIPPED
        return done

    def _name_sentence(self, number: int, parts: list[str]) -> None:
        self.apology.changing = number
        self._say("utter_apology_new_words", quoted(parts[number]))

    def _put_sentence(self, number: int, words: str) -> None:
        """A new sentence in the place of one: in the draft where there is one, else in what was told of that part."""
        apology = self.apology
        if not apology.draft:
            apology.told[self._told_parts()[number]] = words
            self._say("utter_apology_text_now", self._text())
            self.ask_again()
            return
        parts = sentences(apology.draft)
        new = letter({"regret": words}, self._name()) or words
        parts[number] = new + parts[number][len(parts[number].rstrip()) :]
        draft = "".join(parts)
        if apology.review is None:
            apology.draft = draft
            self._say("utter_apology_changed")
            self._show_draft()
        else:
            self._put(draft)

    def _text(self) -> str:
        return self.apology.draft or letter({part: self.apology.told[part] for part in self._told_parts()}, self._name())

    def _parts(self) -> list[str]:
        """What can be changed: the sentences of the draft without its greeting, else what was told of each part."""
        draft = self.apology.draft
        return sentences(draft[: closing_at(draft)]) if draft else [self.apology.told[part] for part in self._told_parts()]

    def _told_parts(self) -> list[str]:
        return [part for part in ELEMENTS if self.apology.told.get(part, SKIPPED) != SKIPPED]

    def _name(self) -> str | None:
        """The partner's name, where the visitor uses one."""
        return self.partner.called if self.partner.called[0].isupper() else None

    def _show_draft(self) -> None:
        self.apology.asked = "text"
        self._say("utter_apology_draft", self.apology.draft)

    def _about_missing(self, turn: Turn, missing: str) -> None:
        if turn.is_button or turn.yes:
            self.ask_again()
        elif is_new_version(turn.text, self.apology.draft):
            self._review(turn.text)
        elif turn.no or turn.unsure:
            # 'Nee', 'sla over': not everything has to be in it, it is theirs.
            self.apology.given.append(missing)
            self.apology.left_out.append(missing)
            self._review(self.apology.draft, keep=True)
        else:
            self._add_missing(turn.text, missing)

    def _add_missing(self, text: str, missing: str) -> None:
        """The words for what was missing, before the greeting; an excuse or an insult in their place is named, and asked for again."""
        sentence = letter({missing: text}, self._name())
        read = review_apology(sentence)
        weak = sum(fault.end - fault.start for fault in read.faults)
        if (weak > MOST_WEAK * len(sentence) or (weak and missing not in read.elements)) and self._again(f"missing_{missing}"):
            self._say(
                "utter_review_weakens", fault_lines(read, self.apology.times[f"missing_{missing}"] - 1, self.responses, self.partner)[0]
            )
            self._say(f"utter_review_missing_{missing}")
            return
        if missing == "responsibility" and not names_deed(sentence, read) and self._again("no_deed") and self.apology.times["no_deed"] == 1:
            # How somebody was, or what happened, is no deed yet.
            self._say("utter_apology_hint_responsibility")
            return
        self.apology.given.append(missing)
        if missing == "responsibility" and not names_deed(sentence, read):
            # It is not asked for without end, and said at the end that it is missing.
            self.apology.left_out.append(missing)
        there = any(alike(sentence, other) for other in sentences(self.apology.draft))
        self._review(self.apology.draft if there else with_sentence(self.apology.draft, sentence), keep=True)

    def _take(self, text: str, *, whole: bool = False) -> None:
        """A text is read. A sentence after a weak one was marked goes in its place, another one before the greeting. `whole`: it stands alone."""
        apology = self.apology
        apology.changing = None
        weak = apology.review["faults"][0]["text"] if apology.review and apology.review["faults"] else None
        if whole or not apology.draft or not is_one_sentence_of(text, apology.draft) or is_new_version(text, apology.draft):
            self._review(text)
            return
        sentence = letter({"regret": text}, self._name()) or text
        self._put(with_sentence_for(apology.draft, weak, sentence) if weak else with_sentence(apology.draft, sentence))

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
            apology.given, apology.left_out = [], []
        review = review_apology(draft)
        # What they were asked for and answered is not asked again; praised is only what is found in the text.
        complete = review.elements | frozenset(apology.given)
        missing = next((name for name in ELEMENTS if name not in complete), None)
        said = replies(draft, review, apology.review, self.responses, self.partner)
        # Who left something open changed nothing, so nothing is praised.
        self.replies += [reply for reply in said if draft != apology.draft or reply.response != "utter_review_again"]
        apology.draft, apology.review, apology.asked, apology.missing = draft, kept(review, apology.review), "text", missing
        if missing is None and not review.faults:
            apology.asked = "when"
            self.replies.append(Reply("utter_apology_keep", draft, card("Jouw excuses", [("In jouw woorden", draft)])))
        if apology.asked == "when" and (open_parts := self._open_parts()):
            self._say("utter_apology_without", open_parts)
        else:
            self.replies.append(what_next(review, missing))

    def _again(self, what: str) -> bool:
        """Whether something may be asked once more."""
        self.apology.times[what] = self.apology.times.get(what, 0) + 1
        return self.apology.times[what] <= MOST_TIMES

    def _ask(self, part: str) -> None:
        self.apology.asked = part
        self._say(QUESTIONS[part])

    def _say(self, response: str, parts: str = "") -> None:
        self.replies.append(Reply(response, parts))


def names_deed(text: str, review: ApologyReview) -> bool:
    """Whether a text said to the partner names what was done: how somebody was, or what happened, is no deed yet."""
    return "responsibility" in review.elements or tells_deed(re.sub(r"\b(?:je|jij|jou|jouw)\b", "haar", text))
