"""Surface patterns of alarm signals, for spaCy's `Matcher`.

The second of two independent layers: it needs no statistics and no tags, so it holds for words that the classifier never saw together.
Each row is a category, a level and a sequence of words. `a/b` are alternatives, `ge.*` is a regular expression on the lower-cased token,
`..3` stands for at most three tokens in between, a `$` at the end for the end of the sentence ('ik kan niet meer', but not 'ik kan niet meer slapen').
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

_PARTNER = "hij/ie/ze/zij/man/vrouw/vriend/vriendin/partner/lief/ex/echtgenoot/echtgenote/verloofde/vent/gast/die/em/'m"
_HIT = "sloeg/slaat/slaagt/schopt/schopte/stampt/stampte/duwt/duwde/wurgt/wurgde/mept/mepte/bijt/beet/knijpt/kneep"
_HIT_PAST = "sloeg/schopte/stampte/duwde/wurgde/mepte/beet"
_HIT_DONE = "geslagen/geslage/geslaan/geschopt/gestampt/gewurgd/mishandeld/gemept/gebeten/geduwd/afgeranseld/toegetakeld"
_ME = "me/mij/m'n/mijn/mn"
_CHILD = "kind/kinderen/kids/zoon/zoontje/dochter/dochtertje/baby/kleine/kindjes/stiefzoon/stiefdochter"
_MINE = "mijn/mijne/m'n/mn"
_LOVED = "man/vrouw/vriend/vriendin/partner/lief/ex/echtgenoot/echtgenote/vent/gast"
_TEMPER = "reactie/reacties/woede/woedeaanvallen/boosheid/kwaadheid/buien/driftbuien/uitbarstingen/agressie/handen"
_WEAPON = "mes/pistool/geweer/wapen/hamer/bijl/keukenmes/vuurwapen/machete"

ROWS: tuple[tuple[str, str, str], ...] = (
    ("partner_violence", "alarm", f"{_PARTNER} ..3 {_HIT} ..2 {_ME}"),
    ("partner_violence", "alarm", f"{_PARTNER} ..4 {_ME} ..5 {_HIT_DONE}"),
    ("partner_violence", "alarm", f"{_HIT} {_PARTNER} ..2 {_ME}"),
    ("partner_violence", "alarm", f"{_ME} ..3 {_HIT_DONE} ..3 {_PARTNER}"),
    (
        "partner_violence",
        "alarm",
        f"{_PARTNER} ..5 {_ME} ..2 keel/strot/nek ..2 gegrepen/vast/vastgehouden/dichtgeknepen",
    ),
    ("partner_violence", "alarm", f"{_PARTNER} ..5 {_ME} ..3 opgesloten"),
    ("partner_violence", "alarm", "blauwe plekken/plek ..6 van/door hem/haar"),
    ("partner_violence", "alarm", "word/wordt/werd/ben ..3 mishandeld/geslagen"),
    ("threat_stalking", "acute", f"{_PARTNER} ..6 {_WEAPON} ..4 {_ME}"),
    ("threat_stalking", "acute", f"{_PARTNER} ..3 staat ..3 deur ..3 {_WEAPON}"),
    (
        "threat_stalking",
        "alarm",
        f"{_PARTNER} ..5 {_ME} ..3 vermoorden/vermoordt/doodmaken/afmaken/doden/kapotmaken",
    ),
    ("threat_stalking", "alarm", f"{_PARTNER} ..4 bedreigt/bedreigde ..2 {_ME}"),
    ("threat_stalking", "alarm", f"{_PARTNER} ..3 {_ME} ..4 bedreigd/gestalkt/achtervolgd"),
    (
        "threat_stalking",
        "alarm",
        f"{_PARTNER} ..6 naaktfoto.*/naaktbeelden/filmpjes ..6 online/delen/sturen/doorsturen/zetten",
    ),
    (
        "coercive_control",
        "alarm",
        f"{_PARTNER} ..4 controleert/checkt/bekijkt ..3 telefoon/gsm/berichten/app.* ..6 elke/iedere/altijd/dagelijks",
    ),
    (
        "coercive_control",
        "alarm",
        "mag/mocht ..2 niet ..3 van hem/haar ..5 huis/buiten/vrienden/vriendinnen/familie/werken",
    ),
    (
        "coercive_control",
        "alarm",
        "mag/mocht van hem/haar ..3 niet/nooit/geen ..5 huis/buiten/vrienden/vriendinnen/familie/werken/zien",
    ),
    (
        "coercive_control",
        "alarm",
        f"{_PARTNER} ..3 pakt/pakte/nam/neemt ..3 paspoort/bankpas/bankkaart/loon ..3 af",
    ),
    ("sexual_violence", "alarm", "verkracht/verkrachtte/verkrachting/aangerand"),
    ("sexual_violence", "alarm", f"{_PARTNER} ..4 dwingt/dwong ..4 seks/bed/vrijen"),
    ("sexual_violence", "alarm", "gedwongen/dwongen/verplicht/forceert ..3 seks/vrijen"),
    ("sexual_violence", "alarm", "seks/vrijen ..4 gedwongen/tegen ..1 wil/zin"),
    ("child_safety", "alarm", f"{_PARTNER} ..3 {_HIT} ..3 {_CHILD}"),
    ("child_safety", "alarm", f"{_PARTNER} ..5 {_CHILD} ..4 {_HIT_DONE}"),
    (
        "child_safety",
        "alarm",
        f"{_CHILD} ..8 zag/zagen/gezien/zien/hoorde/hoorden ..6 {_HIT}/{_HIT_DONE}/slaan",
    ),
    ("suicidality", "alarm", "wil/wou/wilde ..4 dood/doodgaan/sterven ..1"),
    ("suicidality", "alarm", "wil/wou/wilde ..2 niet/nie meer/langer leven/wakker"),
    # Further with somebody or something is another matter: 'ik wil niet meer verder met hem'.
    ("suicidality", "alarm", "ik wil/wou ..2 niet/nie meer/langer verder $"),
    ("suicidality", "alarm", "maak/maken/einde/eind ..3 einde/eind ..3 leven/maken/aan"),
    ("suicidality", "alarm", "zelfmoord/zelfdoding/zelfmoordgedachten/suïcide/suicide"),
    ("suicidality", "alarm", "van kant maken"),
    ("suicidality", "alarm", "beter/liever dood"),
    ("suicidality", "alarm", "beter af/zonder ..1 zonder/mij ..1 als/mij ..3"),
    (
        "own_violence",
        "alarm",
        "ik ..2 heb/had/hb ..2 haar/hem/em/vrouw/man/vriendin/vriend/partner/kind.*/zoon/dochter ..4 " + _HIT_DONE,
    ),
    (
        "own_violence",
        "alarm",
        f"heb ik ..2 haar/hem/vrouw/man/vriendin/vriend/partner/kind.*/zoon/dochter ..4 {_HIT_DONE}",
    ),
    (
        "own_violence",
        "alarm",
        "ik ..1 sloeg/schopte/duwde/wurgde/mepte/sla/schop ..1 haar/hem/em/vrouw/man/vriendin/vriend/partner/kind.*",
    ),
    # Said to the partner: in the text of an apology, 'je' is the one who was hit.
    ("own_violence", "alarm", f"ik ..1 je/jou ..4 {_HIT_DONE}"),
    ("own_violence", "alarm", f"ik ..1 heb/had/hb ..2 je/jou ..4 {_HIT_DONE}"),
    ("own_violence", "alarm", f"heb ik ..2 je/jou ..4 {_HIT_DONE}"),
    ("own_violence", "alarm", f"ik je/jou ..2 {_HIT_PAST}"),
    ("own_violence", "alarm", f"ik ..1 {_HIT_PAST} je/jou $"),
    (
        "own_violence",
        "alarm",
        "ik ..3 je/jou ..4 keel/strot/nek ..2 greep/gegrepen/vast/vastgreep/vasthield/vastgehouden/dichtkneep/dichtgeknepen",
    ),
    ("own_violence", "alarm", "ik ..2 bang ..5 haar/hem/kinderen ..3 aandoe/aandoen/slaan/slaag/sla"),
    ("own_violence", "alarm", "handen/hand ..3 niet thuis/thuishouden ..2"),
    # Fear of the partner, in the fewest words: why is unclear, so the coach asks (S4).
    ("partner_violence", "concern", "ik/k/'k/ben ..3 bang/benauwd voor/van hem/'m/em"),
    ("partner_violence", "concern", "ik/k/'k/ben ..3 bang/benauwd voor/van haar $"),
    ("partner_violence", "concern", f"ik/k/'k/ben ..3 bang/benauwd voor/van {_MINE} {_LOVED} $"),
    ("partner_violence", "concern", f"ik/k/'k/ben ..3 bang/benauwd voor/van zijn/haar/z'n/d'r/hun {_TEMPER}"),
    ("partner_violence", "concern", "ik/k/'k ..3 niet veilig bij/met hem/haar/mijn/m'n"),
    ("partner_violence", "concern", "ik/k/'k ..3 onveilig"),
    # Things that are broken in anger: the coach asks whether people are, too (S4).
    (
        "own_violence",
        "concern",
        "ik ..6 deur/deuren/muur/raam/ruit/kast/spiegel/tv/servies/borden ..3 insloeg/intrapte/instampte/inschopte/ingeslagen/ingetrapt/ingestampt/ingeschopt/"
        "kapotgeslagen/kapotsloeg/kapotgegooid/kapotgooide/kapotgetrapt",
    ),
    # Unclear, and so often said by somebody who thinks of dying that the coach asks (S4).
    ("suicidality", "concern", "ik kan/kon ..2 niet/nie/ni meer $"),
)
_LEVELS = ("acute", "alarm", "concern")
_SENTENCE_ENDS = ".!?…;\n"
# A negation holds for its clause only: 'sorry dat ik je geslagen heb, het gebeurt niet meer'.
_NEGATIONS = frozenset({"niet", "nie", "nooit", "geen", "zonder"})
_CLAUSE_ENDS = ".!?;,:\n"
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
# These patterns hold a negation themselves.
_NEGATED_BY_NATURE = (
    "mag/mocht",
    "wil/wou/wilde ..2 niet",
    "ik wil/wou ..2 niet",
    "handen/hand",
    "ik kan/kon ..2 niet",
    "ik/k/'k ..3 niet veilig",
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
            if row.startswith(_NEGATED_BY_NATURE) or not _guarded(span):
                found.append(PatternHit(category, level, span.start_char, span.end_char))
        return sorted(found, key=lambda hit: _LEVELS.index(hit.level))


def _ends_sentence(span: Span) -> bool:
    return span.end == len(span.doc) or span.doc[span.end].text[0] in _SENTENCE_ENDS


def _guarded(span: Span) -> bool:
    in_sentence = any(token.lower_ in _GUARDS for token in _around(span, ".!?;\n"))
    return in_sentence or any(token.lower_ in _NEGATIONS for token in _around(span, _CLAUSE_ENDS))


def _around(span: Span, ends: str) -> Span:
    """The span with the words before and after it, up to the next of these signs."""
    start, end = span.start, span.end
    while start > 0 and span.doc[start - 1].text not in ends:
        start -= 1
    while end < len(span.doc) and span.doc[end].text not in ends:
        end += 1
    return span.doc[start:end]
