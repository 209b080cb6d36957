"""Turns a visitor's clause round: 'hij lachte me uit' → 'hij lachte je uit'. Only what is sure to come out as good Dutch.

Main clauses in the plain order (somebody, then the verb, or a time, then the verb), at most one clause under them, every word known.
"""

from __future__ import annotations

import re

from bot.hearing.clauses import listed
from bot.hearing.verbs import PAST, PLURAL, PRESENT, THIRD, UNSAID, is_past, known_words

SHORTEST, LONGEST = 4, 16
LONGEST_IN_CHARACTERS = 90

_SHAPE = re.compile(r"[A-Za-zÀ-ÿ,' -]+\.?")
_TOKEN = re.compile(r"[A-Za-zÀ-ÿ'-]+|,")
# Safe to put right; every other apostrophe is left alone.
_SPELLED = {"m'n": "mijn", "mn": "mijn", "z'n": "zijn", "zn": "zijn", "'t": "het", "'s": "'s"}
_I, _WE = "ik", frozenset({"wij", "we"})
_THEY = frozenset({"hij", "zij", "ze", "het", "dat"})
_PEOPLE = listed(
    "man vrouw vriend vriendin partner lief verloofde echtgenoot echtgenote schoonmoeder schoonvader zus broer moeder vader ex beste"
)
_TIMES = listed("gisteren gisteravond vandaag vanavond vanochtend vanmorgen vanmiddag vannacht soms toen daarna nu zaterdag zondag")
# No second main clause, no condition, nobody else spoken to.
_BREAKS = listed("maar want hoewel tenzij of zodat of dus anders alsof zoals indien mits noch onszelf uw u jij je jou jouw jullie")
# 'Als haar personeel' compares; 'als ik thuiskom' is a condition, and turned round it could change.
_PERSONS = frozenset({_I, "hij", "zij", "ze", "we", "wij", "je", "het", "dat", "er", "mijn", ","})
_UNDER = listed("toen terwijl omdat dat waar sinds wat nadat tot hoe")
_AFTER_AND = frozenset({_I, "hij", "zij", "ze", "we", "wij", "toen", "dan", "nu", "daarna", "dat", "het", "daar"})
_PREPOSITIONS = listed(
    "aan achter bij boven door in langs met na naar naast om onder op over tegen tegenover tot tussen uit van voor zonder"
)
_NEGATIONS = frozenset({"niet", "nooit", "geen"})
_KIN = listed("ma mama moeder moeke pa papa vader va bomma oma opa zus broer")
# These look like a verb of 'ik', and are as often a noun.
_NOUNS = listed("werk zorg hoop help hoor slaap stop vraag")
_OWN = {"me": "je", "mijn": "je", "onze": "jullie", "ons": "jullie"}
# 'Ik ben een …', 'ik ben niks': whoever judges themselves does not hear it back.
_IS = frozenset({"ben", "was", "blijf", "voel", "voelde"})
_A = frozenset({"een", "geen", "niks", "niets", "de", "het", "degene", "exact", "gewoon", "helemaal"})
_TRAIT = _A | {"altijd", "nooit", "zo", "te"}
# 'Het ligt aan hem', 'hij moet niet overdrijven': said back, it would be the coach's own opinion.
_OPINION = frozenset({"moet", "moeten", "zou", "zouden", "hoor", "toch"})


def turned(sentence: str) -> str | None:
    """The sentence from the coach's side, without the full stop and beginning with a small letter; None when it is not sure.

    >>> turned("hij lachte me uit waar zijn vrienden bij waren")
    'hij lachte je uit, waar zijn vrienden bij waren'
    """
    sentence = sentence.strip()
    if len(sentence) > LONGEST_IN_CHARACTERS or not _SHAPE.fullmatch(sentence):
        return None
    words = [_SPELLED.get(word.lower(), word) for word in _TOKEN.findall(sentence)]
    if not SHORTEST <= len([word for word in words if word != ","]) <= LONGEST:
        return None
    words[0] = words[0].lower()
    if not _fit_to_be_said(words):
        return None
    if not _has_a_plain_order(words) or not _one_clause_under(words) or _judges(words):
        return None
    return _said_back(words)


def _fit_to_be_said(words: list[str]) -> bool:
    known = known_words()
    for place, word in enumerate(words):
        small = word.lower()
        if small in UNSAID or small in _BREAKS:
            return False
        name = place > 0 and word[0].isupper() and word[1:].islower() and len(word) > 2
        if not (word == "," or name or small in known or small in _OWN or small in ("mij", _I, "'s") or small in _WE):
            return False
        if small == "ons" and place + 1 < len(words) and (words[place + 1] in _KIN or words[place + 1][0].isupper()):
            # Flemish: 'ons Lies', 'ons ma'.
            return False
    return True


def _judges(words: list[str]) -> bool:
    """Whether the clause is a judgement of oneself or of the partner, and tells nothing that happened."""
    if words[0] == _I:
        return words[1] in _IS and not _A.isdisjoint(words[2:4])
    if words[0] in _WE:
        return words[1] in ("zijn", "waren") and words[2] not in ("niet", "uit", "nooit")
    if words[0] in _TIMES:
        return False
    verb = 1 if words[0] in _THEY else 2
    trait = words[verb] in ("is", "blijft", "kan") and not _TRAIT.isdisjoint(words[verb + 1 : verb + 2])
    blame = words[verb : verb + 2] in (["heeft", "geen"], ["ligt", "aan"], ["ligt", "echt"])
    # 'Mij vrouw zegt mij niet vertrouwen': what was said needs its 'dat'.
    said = words[verb] in ("zegt", "zei") and not {"dat", "tegen"} & set(words)
    return trait or blame or said or not _OPINION.isdisjoint(words)


def _has_a_plain_order(words: list[str]) -> bool:
    """Whether the finite verb is where it stands in a main clause: after the one who does it, or after a time and before them."""
    first = words[0]
    if first == _I:
        return words[1] in PRESENT or is_past(words[1])
    if first in _WE:
        return words[1] in PLURAL and "ons" not in words
    if first in _THEY:
        return _finite(words[1])
    if first == "mijn" and words[1] in _PEOPLE:
        return _finite(words[3 if words[1] == "beste" else 2])
    if first in _TIMES and words[2] == _I:
        return words[1] in PRESENT or is_past(words[1])
    somebody = words[2] in _THEY or (words[2] == "mijn" and words[3] in _PEOPLE)
    return first in _TIMES and somebody and _finite(words[1])


def _finite(word: str) -> bool:
    return word in THIRD or is_past(word)


def _one_clause_under(words: list[str]) -> bool:
    """Whether at most one clause hangs under the main one, in an order that turning knows."""
    under = [
        place for place, word in enumerate(words[2:], 2) if word in _UNDER and not (word == "dat" and words[place - 1] in _PREPOSITIONS)
    ]
    commas = [place for place, word in enumerate(words) if word == ","]
    joined = any(word == "en" and words[place + 1 : place + 2] and words[place + 1] in _AFTER_AND for place, word in enumerate(words[:-1]))
    verbs = sum(word in THIRD or word in PAST for word in words)
    if verbs > 1 + len(under) + words.count("en"):
        # Two clauses without a word between them.
        return False
    conditions = any(word == "als" and words[place + 1 : place + 2] and words[place + 1] in _PERSONS for place, word in enumerate(words))
    if len(under) > 1 or joined or conditions or any(place + 1 not in under for place in commas):
        return False
    if under and not _NEGATIONS.isdisjoint(words[: under[0]]):
        # 'Ik zeg niet dat hij liegt': turned round it would say what was denied.
        return False
    return not (under and len(words) - under[0] < 3)


def _said_back(words: list[str]) -> str | None:
    places = [place for place, word in enumerate(words) if word.lower() == _I]
    changed: dict[int, str] = dict.fromkeys(places, "je")
    for place in places:
        verb = _verb_for(words, place)
        if verb is None:
            return None
        changed[verb[0]] = verb[1]
    said = []
    for place, word in enumerate(words):
        small = word.lower()
        before, after = words[place - 1] if place else "", words[place + 1] if place + 1 < len(words) else ""
        if place in changed:
            said.append(changed[place])
        elif small == "mij":
            stressed = (before in _PREPOSITIONS and words[0] != _I) or "en" in (before, after)
            said.append("jou" if stressed else "je")
        elif small in _WE:
            said.append("jullie")
        elif places and small in PRESENT and small not in _NOUNS and small not in THIRD:
            # A second verb of 'ik' that would stay as it is: 'ik heb geroepen en ben weggegaan'.
            return None
        else:
            said.append(_OWN.get(small, word))
    text = " ".join(said).replace(" ,", ",")
    text = re.sub(r"(?<!,) (waar (?:[\w-]+ ){1,4}bij (?:was|waren|zat|zaten|stond|stonden))", r", \1", text)
    return text if "je je je" not in text and len(text) <= LONGEST_IN_CHARACTERS else None


def _verb_for(words: list[str], place: int) -> tuple[int, str] | None:
    """The finite verb of the 'ik' at this place, as (place, form for 'je'); None when it is not sure which it is."""
    after = words[place + 1] if place + 1 < len(words) else ""
    before = words[place - 1] if place else ""
    if before and (before in PRESENT or is_past(before)) and place <= 2:
        return place - 1, before
    if place == 0:
        if after in PRESENT:
            return 1, PRESENT[after]
        return (1, after) if is_past(after) else None
    if before not in _UNDER:
        return None
    return _verb_at_the_end(words)


def _verb_at_the_end(words: list[str]) -> tuple[int, str] | None:
    """In a clause under another the finite verb is the last word, or the one before it: 'dat ik saai was', 'toen ik wou praten'."""
    last, before_last = len(words) - 1, len(words) - 2
    if words[before_last] == "te" and is_past(words[last - 2]):
        # 'Toen ik zat te huilen.'
        return last - 2, words[last - 2]
    if is_past(words[last]):
        return last, words[last]
    if is_past(words[before_last]):
        return before_last, words[before_last]
    if words[last] in PRESENT:
        return last, PRESENT[words[last]]
    if words[before_last] in PRESENT and words[before_last] in ("heb", "ben", "kan", "wil", "moet", "mag", "zal"):
        return before_last, PRESENT[words[before_last]]
    return None
