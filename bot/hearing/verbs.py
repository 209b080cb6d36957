"""Verb forms that turning knows, and words that it will not say back. Closed lists: a form that is not here is not turned."""

from __future__ import annotations

from functools import cache

from bot.hearing.clauses import listed
from bot.settings import ROOT

WORDS_FILE = ROOT / "data" / "hearing" / "words.txt"

# Present tense, 'ik …' → 'je …'.
PRESENT: dict[str, str] = {
    "heb": "hebt",
    "ben": "bent",
    "kan": "kunt",
    "zal": "zult",
    "wil": "wilt",
    "ga": "gaat",
    "sta": "staat",
    "sla": "slaat",
    "doe": "doet",
    "zie": "ziet",
    "hou": "houdt",
    "vind": "vindt",
    "word": "wordt",
    **{same: same for same in listed("mag moet weet eet haat praat wacht laat zit vergeet")},
    **{
        stem: stem + "t"
        for stem in listed(
            "voel mis denk hoor krijg kom loop slaap lig leef woon werk zorg vraag zeg lees schrijf blijf geef neem draag maak durf schaam "
            "vertrouw geloof snap begrijp huil probeer merk ken hoop zoek kook betaal stop drink speel verlang twijfel pieker zwijg "
            "lieg verstop regel steun help verdraag verwijt luister hunker bedoel"
        )
    },
}
PRESENT.pop("sla")
# Strong and irregular past tense: the same for 'ik', 'je', 'hij'. Weak ones are known by their -te or -de.
PAST = listed(
    "had was werd keek kon wou moest mocht zag kreeg vond dacht ging kwam stond zat lag deed zei liet vroeg gaf nam las schreef bleef sprak "
    "hield riep liep vergat loog bedroog zweeg verzweeg verloor koos brak trok viel sliep dronk at wist bracht schold verliet verbrak "
    "hing zocht kocht verkocht schoof greep reed begon genoot zou vertrok verstond verbleef vergeleek zuchtte verried schrok vertrouwde"
)
# Present tense for 'hij' or 'ze'.
THIRD = listed(
    "heeft is wil kan zal mag moet gaat staat doet ziet houdt vindt wordt weet eet praat laat zit vergeet voelt mist denkt hoort krijgt komt "
    "loopt slaapt ligt leeft woont werkt zorgt vraagt zegt leest schrijft blijft geeft neemt draagt maakt durft vertrouwt gelooft snapt "
    "begrijpt huilt probeert merkt kent hoopt zoekt betaalt stopt drinkt speelt zwijgt liegt verstopt regelt helpt luistert negeert "
    "kijkt lacht belt stuurt roept noemt doet verwijt vergelijkt kleineert behandelt ontkent kiest gebruikt bepaalt steunt belooft "
    "reageert vindt scheldt wijst verbergt beslist begint brengt rijdt schreeuwt trekt raakt ontwijkt antwoordt zet zegt"
)
PLURAL = listed(
    "hebben zijn willen kunnen zullen mogen moeten gaan staan doen zien vinden worden weten eten praten zitten voelen missen krijgen komen "
    "lopen slapen leven wonen werken zeggen blijven maken hadden waren werden konden wilden moesten mochten zagen kregen gingen kwamen "
    "stonden zaten lagen deden zeiden lieten spraken hielden"
)
# A past tense that could be something else: an adjective, a noun.
NOT_PAST = listed(
    "beste goede hele halve harde rode oude late grote korte laatste eerste beide mijne zijne liefde vrede waarde aarde schade ziekte ruimte "
    "tante einde vriende gemeente belofte geboorte behoefte gedachte kant hoogte diepte stilte hitte woede minste meeste witte zachte "
    "slechte echte rechte vaste losse derde vierde vijfde achterkant methode periode"
)

# Whoever says these of themselves does not hear them back, and no insult is repeated as if it were true.
UNSAID = listed(
    "schuld fout fouten stom stomme dom domme lelijk dik dikke lui luie egoïst egoïstisch leugenaar lafaard laf bedrieger bedriegster hypocriet "
    "narcist profiteur mislukkeling monster sukkel slappeling waardeloos waardeloze slecht slechte walg walgelijk haat haatte verdien "
    "verdiende verdient nutteloos gek gekke ziek zielig idioot achterlijk heks kreng seks vrijen porno naakt verkracht "
    "dood dode sterven zelfmoord leven einde mes pistool wapen waard nul schoft gierig nest vent respectloos chagrijnig slachtoffer smoes smoesjes ego verknald veroorzaakt oorzaak zichzelf gelijk klaploper karakter koud tevreden onbetrouwbaar verwend minderwaardig mens hopeloos mankeert vies schande ramp harteloos afschuwelijk betreft mezelf mijzelf bang bedreigd bedreigde dreigt dreigde slaat sloeg geslagen schopt schopte "
    "geschopt duwde geduwd keel gewurgd kneep slaan kind kinderen baby zoon dochter zoontje dochtertje politie opgesloten gedwongen "
    "dwingt dwong mishandeld pijnigt vuist bloed blauwe kapotmaken vermoorden hier bah arm armen"
)


@cache
def known_words() -> frozenset[str]:
    """Words that stand in several messages of the project and are spelled as in a dictionary: no chat spelling, no dialect."""
    return listed(WORDS_FILE.read_text("utf-8")) | PAST | THIRD | PRESENT.keys()


def is_past(word: str) -> bool:
    """Whether a word is a past tense that 'ik' and 'je' share."""
    return word in PAST or (len(word) > 4 and word.endswith(("te", "de")) and word not in NOT_PAST and word in known_words())
