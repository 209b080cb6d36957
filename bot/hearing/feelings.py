"""What a visitor feels: their own word where they say it, else a phrase that tells it, else what the classifier is sure of."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.hearing.clauses import CONDITIONS, NEGATIONS, REPORTED, SPEECH, Clause, clauses, close_after, listed, speaks_of
from bot.hearing.learned import learned_feeling
from bot.hearing.words import (
    ADJECTIVES,
    CUES,
    FEEL,
    FEELINGS,
    FILLERS,
    INTENSE,
    IS_NOW,
    MAKES,
    ONLY_AT_END,
    ONLY_FELT,
    PAST,
    RELIEF,
    TO_BE,
    WAS,
    Cue,
)

# 'Tranen in haar ogen' are not the visitor's.
THEIRS = listed("haar zijn hun")
# 'Waarom huil ik hier nu om?' tells the feeling, 'ben ik jaloers?' asks for one.
ASKING_OUT_OF_PAIN = frozenset({"waarom", "hoe"})
# 'Boos en verdrietig' is said back, a third feeling is not.
SAID_BACK = 2


# What is never guessed beside an intent.
_OF_THE_WOUNDED = frozenset({"boos", "verdrietig", "gekwetst", "vernederd", "eenzaam", "jaloers", "moe", "opgelucht"})
NOT_GUESSED = {
    "express_hurt": frozenset({"schuldig"}),
    "express_blame": frozenset({"schuldig"}),
    "express_apology": _OF_THE_WOUNDED,
    "express_shame": _OF_THE_WOUNDED - {"verdrietig"},
    # Who plays down what they did says little of what they feel.
    "minimise_harm": frozenset(FEELINGS),
}


@dataclass(frozen=True)
class Felt:
    """A feeling. `name` is its class, `words` what may be said back ('boos en verdrietig'), `own` whether the visitor used these words."""

    name: str
    words: str
    own: bool


@dataclass
class _Named:
    """What the words of a message name: the visitor's own feelings (class, word), and classes said of others or denied."""

    own: list[tuple[str, str]] = field(default_factory=list)
    ruled_out: set[str] = field(default_factory=set)


def feeling(text: str, intent: str | None = None) -> Felt | None:
    """The visitor's feeling in a message, or None when it does not show surely enough.

    `intent`: what the intent classifier makes of the message; a feeling that goes with it needs less to be guessed, one that goes against
    it is not guessed at all. The visitor's own words need no intent.
    """
    parts = clauses(text)
    named = _named(parts)
    if named.own:
        words = list(dict.fromkeys(word for _, word in named.own))[:SAID_BACK]
        return Felt(named.own[0][0], " en ".join(words), own=True)
    ruled_out = named.ruled_out | NOT_GUESSED.get(intent or "", frozenset())
    hinted = next((cue.feeling for cue in CUES if cue.feeling not in ruled_out and _hinted(parts, cue)), None)
    guess = hinted or _guessed(text, parts, intent, named.ruled_out)
    return Felt(guess, guess, own=False) if guess and guess not in ruled_out else None


def goes_on_about_other(text: str, before: str) -> bool:
    """Whether a feeling in a word or two goes on about another, of whom the message before told it: 'hij wordt dan kwaad', and then 'heel kwaad'."""
    parts = clauses(text)
    named = {name for name, _ in _named(parts).own}
    return bool(named) and not any(speaks_of(clause.words) == "own" for clause in parts) and named <= _named(clauses(before)).ruled_out


def _guessed(text: str, parts: tuple[Clause, ...], intent: str | None, ruled_out: set[str]) -> str | None:
    learned = learned_feeling(text, intent)
    if ruled_out and learned != "schuldig":
        # Where somebody else's feeling or a denial is named, only guilt about it may still be guessed.
        return None
    went_well = any(RELIEF.search(clause.text) for clause in parts)
    return None if went_well and learned != "opgelucht" else learned


def _named(parts: tuple[Clause, ...]) -> _Named:
    found = _Named()
    for number, clause in enumerate(parts):
        follows_another = number > 0 and speaks_of(parts[number - 1].words) == "other"
        for place, word in enumerate(clause.words):
            if word not in ADJECTIVES:
                continue
            name, said = ADJECTIVES[word]
            if word in ONLY_AT_END and place < len(clause.words) - 1 and clause.words[place + 1] not in ("en", "van"):
                continue
            if _is_own(clause, place, found, follows_another):
                found.own.append((name, said))
            elif speaks_of(clause.words[:place]) != "own" or _denied(clause, place):
                found.ruled_out.add(name)
    # 'Ik ben niet boos, wel verdrietig … boos ben ik niet': a denial anywhere wins.
    found.own = [(name, said) for name, said in found.own if name not in found.ruled_out]
    return found


def _is_own(clause: Clause, place: int, found: _Named, follows_another: bool) -> bool:
    before, after = clause.words[:place], clause.words[place + 1 :]
    word = clause.words[place]
    if _denied(clause, place) or not PAST.isdisjoint(clause.words) or not WAS.isdisjoint(before) or not TO_BE.isdisjoint(after[:2]):
        return False
    if clause.asks and clause.words[0] not in ASKING_OUT_OF_PAIN:
        return False
    if place >= 2 and before[-1] == "en" and found.own and found.own[-1][1] == ADJECTIVES.get(before[-2], ("", ""))[1]:
        return True
    felt = FEEL if word in ONLY_FELT else IS_NOW
    if all(earlier in FILLERS for earlier in before):
        # 'Zij was boos, verdrietig, alles': a word alone goes on about whom the clause before it spoke of.
        alone = word not in ONLY_FELT | ONLY_AT_END and not follows_another
        return alone or not felt.isdisjoint(before)
    if speaks_of(before) != "own":
        return False
    # 'Ik zo kwaad', as people write who still learn Dutch.
    bare = before[-1] in INTENSE and before[-2:-1] == ("ik",) and word not in ONLY_FELT
    return bare or not felt.isdisjoint(before) or not felt.isdisjoint(after[:1]) or not MAKES.isdisjoint(before)


def _denied(clause: Clause, place: int) -> bool:
    """Whether the word at this place is negated, somebody else's opinion, or a condition."""
    before, after = clause.words[:place], clause.words[place + 1 :]
    negative = not NEGATIONS.isdisjoint((*before, *close_after(after)))
    return negative or not REPORTED.isdisjoint(before) or "volgens" in after or clause.words[0] in CONDITIONS


def _hinted(parts: tuple[Clause, ...], cue: Cue) -> bool:
    for clause in parts:
        match = cue.pattern.search(clause.text)
        if match is None or (clause.asks and clause.words[0] not in ASKING_OUT_OF_PAIN) or clause.words[0] in CONDITIONS:
            continue
        before, after = tuple(clause.text[: match.start()].split()), tuple(clause.text[match.end() :].split())
        # 'Hij zegt dat het mijn schuld is', but not 'wat hij zei deed pijn'.
        said_by_others = (not SPEECH.isdisjoint(before) and "wat" not in before) or "volgens" in clause.words
        theirs = after[:1] == ("in",) and not THEIRS.isdisjoint(after[1:2])
        if said_by_others or theirs or not NEGATIONS.isdisjoint((*before[-3:], *close_after(after)[:3])):
            continue
        # 'Heb zo'n spijt': who leaves out the subject speaks of themselves.
        whose = speaks_of(before) or ("own" if all(word in FILLERS for word in before) else None)
        if cue.whose in ("any", whose):
            return True
    return False
