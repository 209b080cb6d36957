"""What is said beside the question on the way to an apology: a wish for the text, a question, a protest, scolding, an excuse. None of it comes into the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.about_talk import asked_already, is_puzzled, is_question, protests, wants_example
from actions.apology import MOST_FAULTS, fault_lines
from actions.apology_draft import TextOfApology
from actions.apology_edits import Edit, edit_in, edited
from actions.apology_questions import ASIDES, GIVING, MAY_ANSWER, ORDER
from actions.apology_state import SKIPPED
from actions.apology_text import (
    announces,
    draft_in,
    is_order,
    wants_change,
    wants_it_written,
    wants_reading,
    wants_to_see,
    writes_it_all,
)
from actions.turns import Turn, quoted
from bot.apology import review_apology
from bot.apology.insults import insults_in
from bot.apology.letter import letter
from bot.apology.telling import counter_accuses, defends, made_smaller, told
from bot.hearing.clauses import clauses
from bot.hearing.feelings import feeling
from bot.hearing.moments import says_only_when

_FILLER = re.compile(
    r"\W*(?:ok\w*|oké|hm+|mm+|aha|top|mooi|fijn|super|prima|goed|leuk|bedankt|dank je(?: wel)?|dankjewel|merci|tja|pf+|zucht|nou|euh|eh)\W*(?:dan|zo|hoor)?\W*$",
    re.IGNORECASE,
)
_ABOUT_GIVING = re.compile(
    r"\b(?:geef|geven|stuur|sturen|versturen|breng|brengen|whats?app\w*|appen|app|sms\w*|mail\w*|brief\w*|kaart\w*|bellen|bel|telefoon\w*|persoonlijk|voorlezen)\b",
    re.IGNORECASE,
)

_OF_TEXT = re.compile(
    r"\b(?:mis|mist|missen|ontbreekt|ontbreken|scheelt|mankeert|nog bij|nog in|beter|verbeteren|goed|genoeg|klaar|compleet|te (?:kort|lang|kaal|hard|zwaar)|(?:is|klinkt) (?:het|dat|dit|da) (?:zo|ok|oké))\b",
    re.IGNORECASE,
)
_MISSING = re.compile(r"\b(?:mis|mist|missen|ontbreekt|ontbreken|nog bij|nog in)\b", re.IGNORECASE)
_IF_NO_ANSWER = re.compile(r"\bals (?:hij|zij|ze|ie|er|die|(?:mijn|m'n|mn) \w+)\b", re.IGNORECASE)
# 'Zelf geven of opsturen': a choice that is asked for.
_CHOICE = re.compile(r"\W*(?:\w+ ){0,4}of (?:\w+ ?){1,3}\W*", re.IGNORECASE)
MOST_WORDS_OF_CHOICE = 6
_THEY = ("hij", "ie", "zij", "ze")
# So many parts that are still open are named at once.
MOST_NAMED = 2
_WHAT_NOW = re.compile(r"\W*(?:en |wat |ok\w* |ja )*(?:nu|dan|verder|nou)\W*$", re.IGNORECASE)


@dataclass
class BesideTheQuestion(TextOfApology):
    """The part of a turn that answers what is no answer. `TextOfApology` holds the text, `Course` the questions."""

    def _next(self) -> None:
        """Ask for the next part."""
        raise NotImplementedError

    def _about_talk(self, turn: Turn, asked: str) -> bool:
        """Whether the message asks for the text, a change or an example, or says that a question came before; then that is answered."""
        edit = edit_in(turn.text)
        if writes_it_all(turn.text):
            self.apology.changing = self.apology.missing = None
            self._ask("text")
        elif is_order(turn.text) or wants_to_see(turn.text) or (wants_reading(turn.text) and not self._waits_to_be_read(asked)):
            self.show()
        elif edit is not None and self._is_for_text(edit, asked):
            self.edit(edit)
        elif wants_change(turn.text):
            self.begin_change(turn)
        elif asked_already(turn.text):
            if self.apology.changing is None:
                self._leave_asked(asked)
            else:
                self._say("utter_asked_already")
                self.show()
        elif wants_example(turn.text):
            self.apology.changing = None
            part = self.apology.missing if asked == "text" else asked
            self._say(f"utter_apology_example_{part}" if part in ORDER else "utter_apology_what_we_do")
            self.ask_again()
        else:
            return False
        return True

    def _beside(self, turn: Turn, asked: str) -> bool:
        """Whether the message is a question, a protest, a filler or an accusation and no answer; then that is answered, and the question comes again."""
        text = turn.text
        if turn.is_button or wants_it_written(text) or (asked in GIVING and not is_question(text) and not counter_accuses(text)):
            return False
        part = self.apology.missing if asked == "text" else asked
        if is_puzzled(text) or protests(text) or (asked != "story" and announces(text)):
            self._say("utter_apology_misheard")
            self._say(f"utter_apology_hint_{part}") if part in ORDER else self.ask_again()
        elif is_question(text) or _asks_how_to_give(text):
            self._answer_question(turn, asked)
        elif says_only_when(text) and asked not in GIVING:
            # 'Misschien', 'morgen', 'keuken': nothing that could stand in the text.
            self._say(f"utter_apology_hint_{part}") if part in ORDER else self.ask_again()
        elif _FILLER.match(text) and not turn.yes:
            self.ask_again()
        elif asked not in ("story", "responsibility") and counter_accuses(text) and not draft_in(turn, asked=False):
            self._say("utter_apology_own_hurt")
            self.ask_again()
        else:
            return False
        self.apology.changing = None
        return True

    def _answer_question(self, turn: Turn, asked: str) -> None:
        """Answer a question of the visitor, and ask again; 'en nu?' is answered by the question itself."""
        if _ABOUT_GIVING.search(turn.text) or _asks_how_to_give(turn.text):
            self._say("utter_apology_giving")
        elif _OF_TEXT.search(turn.text):
            if self._said_of_text(turn.text, asked):
                return
        elif _IF_NO_ANSWER.search(turn.text):
            self._say("utter_apology_no_answer")
        elif not _WHAT_NOW.match(turn.text):
            self._say(self._aside(turn, asked) or "utter_apology_what_we_do")
        self.ask_again()

    def _said_of_text(self, text: str, asked: str) -> bool:
        """What is to be said to 'wat moet er beter', 'is dat genoeg', before the question comes again; True where it is asked already."""
        apology = self.apology
        if asked == "text" and apology.draft and apology.review is None:
            self._review(apology.draft, keep=True)
            return True
        if asked == "text" and apology.review and apology.review["faults"] and not (apology.missing and _MISSING.search(text)):
            lines = fault_lines(review_apology(apology.draft), apology.review["times"], self.responses, self.partner)
            self._say("utter_review_weakens", "\n".join(lines[:MOST_FAULTS]))
        elif asked in ORDER:
            self._say("utter_apology_still_open", self._open_parts(MOST_NAMED))
        # What is missing stands in the question.
        return False

    def _is_for_text(self, edit: Edit, asked: str) -> bool:
        """Whether a wish to change is one for the text: 'weekendje weg' and 'de telefoon gaat weg' answer a question."""
        if not edit.words_named and self.apology.review and self.apology.review["faults"]:
            # The weak words that were just quoted are meant.
            return False
        return edit.is_clear or edited(self._text(), edit) is not None or (asked == "text" and self.apology.missing is None)

    def _waits_to_be_read(self, asked: str) -> bool:
        """Whether the text was shown and is to be read next."""
        return asked == "text" and bool(self.apology.draft) and self.apology.review is None

    def _leave_asked(self, asked: str) -> None:
        """What was asked before is not asked again: sorry, what was understood, and the next question."""
        apology = self.apology
        self._say("utter_asked_already")
        last = apology.told.get(apology.last or "", SKIPPED)
        if known := (last if last != SKIPPED else "") or next((apology.told[part] for part in reversed(self._told_parts())), ""):
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

    def _softened(self, text: str) -> bool:
        """Whether a deed is made smaller in the telling; then the words that do so are named and it is asked again."""
        review = made_smaller(text)
        if not review.faults or not self._again("softened"):
            return False
        self._say("utter_apology_soft", fault_lines(review, self.apology.times["softened"] - 1, self.responses, self.partner)[0])
        return True

    def _aside(self, turn: Turn, asked: str) -> str | None:
        """What is said first to a message that is about something else than what was asked."""
        # 'Bloemen op het graf leggen', 'contact verbroken met die ander': measures, whatever the classifier makes of so few words.
        measure = asked in ("no_repeat", "repair") and not is_question(turn.text) and not _of_pain(turn.text)
        beside = not measure and turn.intent in ASIDES and turn.intent != "minimise_harm" and turn.intent not in MAY_ANSWER.get(asked, ())
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

    def _next_of_giving(self, asked: str) -> None:
        after = GIVING[GIVING.index(asked) + 1 :]
        if after:
            self._ask(after[0])
        else:
            self.apology.done, self.apology.asked = True, None
            self._say("utter_apology_done")


def _of_pain(text: str) -> bool:
    """Whether a message speaks of what the other does, or of a feeling."""
    return feeling(text) is not None or any(clause.words[0] in _THEY and "mag" not in clause.words for clause in clauses(text))


def _asks_how_to_give(text: str) -> bool:
    """'Zelf geven of opsturen.'"""
    return len(text.split()) <= MOST_WORDS_OF_CHOICE and bool(_CHOICE.fullmatch(text) and _ABOUT_GIVING.search(text))
