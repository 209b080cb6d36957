"""What is heard in a message: one call for the response generator."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.alarm.sentences import pieces
from bot.hearing.clauses import NEGATIONS, SPEECH, clauses, listed
from bot.hearing.feelings import Felt, feeling
from bot.hearing.learned import chance_of_nothing
from bot.hearing.turning import turned
from bot.hearing.wounds import wound
from bot.nlu.encoder import read

# A long story has more than one feeling; what is said back would be one of many.
MOST_CHARACTERS = 1200
# Wishes, plans, opinions and habits of the visitor are not what happened.
WISHES = listed("wilt wil zou wou zult gaat moet mag hoopt probeert vraagt weet denkt vindt gelooft snapt begrijpt werkt woont praat")
# The encoder itself has to find a message harmless before a clause of it is said back.
HARMLESS = 0.7
# How likely a clause may be about nothing that is felt, without and with a wound in it.
NEUTRAL, MOST_NEUTRAL = 0.3, 0.9
# Something done: 'hebt … gelogen', 'bent weggelopen', or one of these in the past tense.
_DONE = re.compile(r"(?:\w*ge\w{2,}|(?:be|ver|ont|her)\w{3,})(?:d|t|en)")
NO_DEED = listed(
    "gehad geweest gevoeld gedacht gehoord gezien bedoeld gemist gekregen geweten gewild geschrokken gehuild geslapen geleefd begrepen gehoopt gemoeten gekund geld"
)
DEEDS = listed(
    "loog bedroog verzweeg vergat schold riep brak verbrak nam ging liep liet deed zei schreef verliet lachte schreeuwde beloofde gooide snauwde noemde zweeg"
)
# 'Hij bedriegt me, denk ik', 'ik heb gelogen, zegt ze', 'hij lachte me uit, maar niet echt'.
TAKES_BACK = SPEECH | listed("denk lijkt volgens maar of toch dus want tenzij als niet geloof droomde")
MINE = re.compile(r"\b(?:ik|me|mij|mijn|m'n|mn|ons|onze)\b(?!.*\bbelo\w+)", re.IGNORECASE)
_NEXT_CLAUSE = re.compile(r",\s+|\s+en\s+(?=(?:ik|hij|zij|ze|we|wij|dat|daar|dan|nu|toen|mijn)\b)")
_QUOTED = re.compile(r"[\"“”„«»:]|(?:^|\s)['‘’](?=\w{3})")


@dataclass(frozen=True)
class Heard:
    """What a message says; None where it does not say so surely.

    `feeling`: the visitor's, `wound`: its kind, `mirror`: a clause of theirs from the coach's side, without a full stop.
    """

    feeling: Felt | None = None
    wound: str | None = None
    mirror: str | None = None


@lru_cache(maxsize=256)
def heard(text: str, intent: str | None = None, *, own_deed: bool = False) -> Heard:
    """What is heard in a visitor's message. A button's payload and a text without words say nothing.

    `intent`: what the intent classifier made of it, where known: a feeling that goes against it is not guessed.
    `own_deed`: what they did themselves is spoken of: no other clause is said back.
    """
    if text.startswith("/") or not clauses(text) or len(text) > MOST_CHARACTERS:
        return Heard()
    felt = feeling(text, intent)
    if felt is not None and felt.name == "opgelucht":
        # What went well is no wound.
        return Heard(felt)
    return Heard(felt, wound(text), _mirror(text, felt, own_deed))


def _mirror(text: str, felt: Felt | None, only_deeds: bool) -> str | None:
    """The clause that says most: what the visitor did when they feel guilty, else what was done to them."""
    if "?" in text or _QUOTED.search(text) or read(text).levels["none"] < HARMLESS:
        return None
    own_deed = felt is not None and felt.name in ("schuldig", "beschaamd")
    best: tuple[bool, float, str] | None = None
    for sentence in [part for part in pieces(text) if part != text] or [text]:
        said = _turned_clause(sentence)
        if said is None or _is_a_wish(said) or _is_only(felt, said) or (only_deeds and not _is_a_deed(said)):
            continue
        # Of the whole sentence: the alarm detector had it read, a part of it would have to be read anew.
        neutral = chance_of_nothing(sentence)
        if neutral > NEUTRAL and (neutral > MOST_NEUTRAL or wound(sentence) is None):
            continue
        rank = (said.startswith("je ") != own_deed, neutral, said)
        best = rank if best is None else min(best, rank)
    return best[2] if best else None


def _is_a_wish(said: str) -> bool:
    """'Je wilt …', 'dat wil je …': the visitor does not hear back what they plan or think."""
    first, second, third = said.split()[:3]
    return second in WISHES and "je" in (first, third)


def _is_a_deed(said: str) -> bool:
    """Whether a clause tells what the visitor did; how they were ('je was zo moe') is a reason, and what another did is no deed of theirs."""
    words = said.split()
    if words[0] != "je" or "omdat" in words or not NEGATIONS.isdisjoint(words):
        return False
    done = any(_DONE.fullmatch(word) and word not in NO_DEED for word in words[2:])
    return words[1] in DEEDS or (words[1] in ("hebt", "had", "bent", "was") and done)


def _is_only(felt: Felt | None, said: str) -> bool:
    """'Je bent zo verdrietig …': the feeling is said back already."""
    return felt is not None and felt.own and not set(felt.words.split()).isdisjoint(said.split())


def _turned_clause(sentence: str) -> str | None:
    """The sentence turned round, else its first main clause when what follows takes nothing of it back."""
    said = turned(sentence)
    if said is not None:
        return said
    first, *rest = _NEXT_CLAUSE.split(sentence, maxsplit=1)
    follows = rest[0].lower().split()[:1] if rest else []
    if not follows or follows[0].strip(".,") in TAKES_BACK or not MINE.search(first):
        # Without a word of the visitor in it, the sting is in what follows: 'hij had beloofd te komen, en hij kwam niet'.
        return None
    return turned(first)
