"""Surface patterns of alarm signals, for spaCy's `Matcher`.

The second of two independent layers: it needs no statistics and no tags, so it holds for words that the classifier never saw together.
The rows themselves stand in bot/alarm/rows.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from bot.alarm.rows import ROWS

_LEVELS = ("acute", "alarm", "concern")
_SENTENCE_ENDS = ".!?…;\n"
# A negation holds for its clause only: 'sorry dat ik je geslagen heb, het gebeurt niet meer', 'je slaat me als ik niet luister'.
_NEGATIONS = frozenset({"niet", "nie", "ni", "nooit", "geen", "zonder"})
_CLAUSE_ENDS = frozenset([*".!?;,:\n", "als", "wanneer", "toen", "omdat", "want", "maar"])
# A word of these anywhere in the same sentence makes the pattern layer hold back; the classifier still decides.
_GUARDS = frozenset(
    [
        "film",
        "serie",
        "boek",
        "aflevering",
        "roman",
        "podcast",
        "game",
        "thriller",
        "documentaire",
        "droom",
        "droomde",
        "gedroomd",
        "toneelstuk",
        "nieuws",
        "krant",
        "buurvrouw",
        "buurman",
        "collega",
        "patiënt",
        "patient",
        "cliënt",
        "sparring",
        "bokswedstrijd",
        "judo",
        "grapje",
        "vroeger",
        "opa",
        "oma",
        "vader",
        "moeder",
    ]
)


@dataclass(frozen=True)
class PatternHit:
    """One pattern found: what it points to and on which words (character offsets in the doc's text)."""

    category: str
    level: str
    start: int
    end: int


def _token_patterns(row: str) -> list[dict[str, Any]]:
    tokens: list[dict[str, Any]] = []
    for word in row.removesuffix("$").split():
        if word.startswith(".."):
            tokens.extend({"OP": "?"} for _ in range(int(word[2:])))
        else:
            tokens.append({"LOWER": {"REGEX": f"^(?:{word.replace('/', '|')})$"}})
    return tokens


class AlarmPatterns:
    """All rows, ready to match."""

    def __init__(self, vocab: Vocab) -> None:
        self._matcher = Matcher(vocab)
        for number, (_, _, row) in enumerate(ROWS):
            self._matcher.add(str(number), [_token_patterns(row)], greedy="LONGEST")

    def hits(self, doc: Doc) -> list[PatternHit]:
        """The patterns found in a text, the worst level first."""
        found = []
        for span in self._matcher(doc, as_spans=True):
            category, level, row = ROWS[int(span.label_)]
            if row.endswith("$") and not _ends_sentence(span):
                continue
            if _holds_negation(row) or not _guarded(span):
                found.append(PatternHit(category, level, span.start_char, span.end_char))
        return sorted(found, key=lambda hit: _LEVELS.index(hit.level))


def _holds_negation(row: str) -> bool:
    return any(word in _NEGATIONS for part in row.split() for word in part.split("/"))


def _ends_sentence(span: Span) -> bool:
    return span.end == len(span.doc) or span.doc[span.end].text[0] in _SENTENCE_ENDS


def _guarded(span: Span) -> bool:
    if span.start and span.doc[span.start - 1].lower_ == "hoezo":
        # 'Hoezo zelfmoord?': the coach's own word, asked back.
        return True
    in_sentence = any(token.lower_ in _GUARDS for token in _around(span, frozenset(".!?;\n")))
    return in_sentence or any(token.lower_ in _NEGATIONS for token in _around(span, _CLAUSE_ENDS))


def _around(span: Span, ends: frozenset[str]) -> Span:
    """The span with the words before and after it, up to the next of these signs."""
    start, end = span.start, span.end
    while start > 0 and span.doc[start - 1].lower_ not in ends:
        start -= 1
    while end < len(span.doc) and span.doc[end].lower_ not in ends:
        end += 1
    return span.doc[start:end]
