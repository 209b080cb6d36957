"""The rows of surface patterns of alarm signals: a category, a level and a sequence of words (bot/alarm/patterns.py reads them).

`a/b` are alternatives, `ge.*` is a regular expression on the lower-cased token, `..3` stands for at most three tokens in between, a `$` at the
end for the end of the sentence ('ik kan niet meer', but not 'ik kan niet meer slapen'). A row that holds a negation itself is not held back by one.
"""

from __future__ import annotations

_PARTNER = "hij/ie/ze/zij/man/vrouw/vriend/vriendin/partner/lief/ex/echtgenoot/echtgenote/verloofde/vent/gast/die/em/'m"
_HIT = "sloeg/slaat/slaagt/schopt/schopte/stampt/stampte/duwt/duwde/wurgt/wurgde/mept/mepte/bijt/beet/knijpt/kneep"
_HIT_PAST = "sloeg/schopte/stampte/duwde/wurgde/mepte/beet"
_HIT_DONE = "geslagen/geslage/geslaan/geschopt/gestampt/gewurgd/mishandeld/gemept/gebeten/geduwd/afgeranseld/toegetakeld"
_ME = "me/mij/m'n/mijn/mn"
_CHILD = "kind/kinderen/kids/zoon/zoontje/dochter/dochtertje/baby/kleine/kindjes/stiefzoon/stiefdochter"
_MINE = "mijn/mijne/m'n/mn"
_LOVED = "man/vrouw/vriend/vriendin/partner/lief/ex/echtgenoot/echtgenote/vent/gast"
_TEMPER = "reactie/reacties/woede/woedeaanvallen/boosheid/kwaadheid/buien/driftbuien/uitbarstingen/agressie/handen"
_READER = "je/jij/u/ge/gij"
# What the reader of a letter did to its writer.
_DO_TO_ME = (
    "slaan/slaat/slaagt/sloeg/geslagen/duwen/duwt/duwde/geduwd/schoppen/schopt/schopte/geschopt/stampen/stampte/gestampt/trapte/getrapt/"
    "wurgen/wurgt/wurgde/gewurgd/knijpen/knijpt/kneep/geknepen/meppen/mepte/gemept/mishandelt/mishandelde/mishandeld/opsluiten/opsloot/opgesloten/"
    "buitensluiten/buitensloot/buitengesloten/vastgreep"
)
_BLOW = "klets/mep/lel/mot/muilpeer/toek/oorveeg/dreun/pets/klap/klappen/slaag/rammel"
# Without those that are also said of bad news: 'dat was een klap in mijn gezicht'.
_BLOW_ONLY = "klets/mep/lel/mot/muilpeer/toek/oorveeg/dreun/pets"
_FACE = "bakkes/gezicht/muil/smoel/kop/kaak/oor/oren/hoofd/mond/wang"
_THROWN = "pan/pot/bord/borden/glas/glazen/asbak/fles/flesje/kop/kopje/tas/kom/stoel/mes/vork/schoen/schoenen/telefoon/gsm/vaas/servies/bestek/spullen/dingen"
_THROWS = "gooit/gooide/smijt/smeet/mikt/mikte/keilt/keilde"
_THROWN_AT = f"naar/tegen/langs/rond {_ME}"
_HELD = "vastgehouden/vasthield/vastgepakt/vastgegrepen/geduwd/gedrukt/kussen/dichtgehouden/dichthield"
_DRUNK = "zat/dronken/bezopen/gezopen/gedronken/drinkt"
_UNTIL_CALM = "tot/totdat hij/ie/ze/zij ..3 sliep/slaapt/weg/wegging/kalm/rustig/kalmeerde/gekalmeerd/bedaard/bedaarde/nuchter"
_COVERED = "mouwen/sjaal/sjaaltje/coltrui/zonnebril/make-up/foundation"
_TRACES = "krab.*/plek.*/striemen/wonden"
_WHERE_SOMEBODY_IS = "werk/deur/voordeur/huis/straat/appartement/flat/school/raam/poort"
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
    # A letter of somebody who is beaten: the reader does it, the writer takes the blame.
    ("partner_violence", "alarm", f"{_READER} ..1 me/mij ..5 {_DO_TO_ME}"),
    ("partner_violence", "alarm", f"{_READER} ..1 me/mij ..1 door elkaar schud.*/geschud"),
    ("partner_violence", "alarm", f"{_HIT_PAST} {_READER} me/mij"),
    ("partner_violence", "alarm", f"{_READER}/hij/ze/zij ..3 niet/nie/nooit ..1 hoeft/hoefde ..2 slaan/schoppen/duwen/meppen/heffen"),
    ("partner_violence", "alarm", f"ik/k ..1 verdien/verdiende/verdiend ..1 die/deze/jouw/je/uw/zijn/haar ..1 {_BLOW}/slag/slagen/tik"),
    ("partner_violence", "alarm", f"verdien/verdiende ik ..1 die/deze/jouw/je/uw/zijn/haar ..1 {_BLOW}/slag/slagen/tik"),
    ("partner_violence", "alarm", f"ik/k ..1 had/heb ..1 die/deze/jouw/je/uw/zijn/haar ..1 {_BLOW}/slag/slagen/tik ..1 verdiend"),
    ("partner_violence", "alarm", f"{_READER} me/mij niet/nie meer/langer ..1 slaan/schoppen/duwen/meppen"),
    ("partner_violence", "alarm", f"me/mij/mezelf ..4 opgesloten/verstopt ..6 {_UNTIL_CALM}"),
    ("partner_violence", "alarm", f"ik/k ..1 zat/zit ..3 opgesloten/slot ..6 {_UNTIL_CALM}"),
    ("partner_violence", "alarm", f"zat/zit ik ..3 opgesloten ..6 {_UNTIL_CALM}"),
    ("partner_violence", "alarm", f"{_PARTNER} ..1 heeft/had/hee ..2 losse handjes/handen/pollen"),
    ("partner_violence", "alarm", "zijn/haar/z'n/d'r handjes/handen ..1 zitten/zaten ..2 los"),
    ("partner_violence", "alarm", f"{_PARTNER} ..1 {_THROWS} ..2 {_THROWN} ..3 {_THROWN_AT}"),
    ("partner_violence", "alarm", f"{_THROWS} {_PARTNER} ..2 {_THROWN} ..3 {_THROWN_AT}"),
    ("partner_violence", "alarm", f"{_PARTNER} ..3 {_THROWN} ..2 {_THROWN_AT} ..2 {_THROWS}/gegooid/gesmeten/gemikt/gekeild"),
    ("partner_violence", "alarm", f"{_PARTNER} ..1 krabt/krabde {_ME} ..2 open"),
    ("partner_violence", "alarm", f"vloog/vliegt/vlogen ..2 {_THROWN} ..3 {_THROWN_AT}"),
    ("partner_violence", "alarm", f"ik/k ..5 {_BLOW_ONLY} ..2 op/in/tegen/rond {_ME} ..1 {_FACE}"),
    ("partner_violence", "alarm", f"ik/k ..5 {_BLOW}/tik/tikken ..5 van/door hem/haar/'m/em"),
    ("partner_violence", "alarm", f"ik/k ..5 {_BLOW}/tik/tikken ..5 van/door {_MINE} {_LOVED}"),
    ("partner_violence", "alarm", "krijg/kreeg ik ..2 klappen/slaag/rammel"),
    ("partner_violence", "alarm", "ik/k krijg/kreeg ..2 slaag/rammel"),
    ("partner_violence", "alarm", f"{_HELD} ..4 tot/totdat/zodat/dat ik/k ..1 niet/nie/geen ..2 ademen/adem/lucht"),
    ("partner_violence", "alarm", f"{_PARTNER} ..2 zat/lag op me/mij ..6 niet/nie/geen ..2 ademen/adem/lucht"),
    ("partner_violence", "alarm", f"{_PARTNER} doet/deed ..1 me/mij ..2 zeer/pijn als/wanneer hij/ie/ze/zij ..2 {_DRUNK}"),
    ("partner_violence", "alarm", f"als/wanneer hij/ie/ze/zij ..1 {_DRUNK} ..2 doet hij/ie/ze/zij ..1 me/mij ..2 zeer/pijn"),
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
    # A threat, in a letter too.
    ("own_violence", "alarm", f"als {_READER} ..8 zul/zal/zult/ga/gaat/krijg/krijgt {_READER} ..2 spijt"),
    ("own_violence", "alarm", f"als {_READER} ..8 zul/zal/zult/ga/gaat {_READER} ..3 beklagen/berouwen/bezuren"),
    ("own_violence", "alarm", f"als {_READER} ..6 zie/ziet {_READER} ..2 kinderen/kind/zoon/dochter/kleine nooit/niet/nie ..1 meer/terug"),
    ("own_violence", "alarm", f"als {_READER} ..9 doe ik je/jou/u/hem/haar wat/iets $"),
    ("own_violence", "alarm", f"als {_READER} ..9 gebeurt/zwaait er/et wat $"),
    ("own_violence", "alarm", f"als {_READER} ..9 gebeurt er iets $"),
    ("own_violence", "alarm", f"als {_READER} ..9 gaat er iets/wat gebeuren"),
    ("own_violence", "alarm", f"als {_READER} ..9 sla/schop/vermoord/wurg/steek ik je/jou/u/hem/haar"),
    ("own_violence", "alarm", f"als {_READER} ..9 maak ik je/jou/u/hem/haar ..1 af/kapot/dood"),
    # Going on after a no.
    (
        "own_violence",
        "alarm",
        f"ik/k ..3 doorgezet/doorgegaan/doorgedaan terwijl/toen/hoewel ..1 {_PARTNER} ..2 geen/niet/nie ..1 zin/wou/wilde/wil",
    ),
    ("own_violence", "alarm", f"gehad/hadden/had seks ..3 {_PARTNER} ..1 wou/wilde ..2 niet/nie"),
    ("own_violence", "alarm", f"hadden/had seks ..3 {_PARTNER} ..2 niet/nie/geen ..1 wou/wilde/zin"),
    ("own_violence", "alarm", f"seks ..4 terwijl {_PARTNER} ..1 sliep/slaapt"),
    ("own_violence", "alarm", f"seks ..3 gehad ..3 {_PARTNER} ..2 niet/nie/geen ..1 wou/wilde/zin"),
    ("own_violence", "alarm", "hij/ie/ze/zij krijgt/krijgen ..1 weleens/wel/soms/af ..3 tik/tikken/pets/klets/mep"),
    ("own_violence", "alarm", f"{_CHILD} ..7 krijgt/krijgen ..1 weleens/wel/soms/af ..3 tik/tikken/pets/klets/mep"),
    ("own_violence", "alarm", f"{_CHILD} ..5 kreeg/kregen/krijgt/krijgen ..3 tik/tikken/pets/klets/mep ..2 van mij/ons"),
    ("own_violence", "alarm", "ik/k ..2 heb/had losse handjes/handen/pollen"),
    ("own_violence", "alarm", f"{_MINE} handjes/handen ..1 zitten/zaten ..2 los"),
    ("own_violence", "alarm", f"ik/k ..4 {_HELD} ..3 tot/totdat/zodat/dat {_PARTNER} ..1 niet/nie/geen ..2 ademen/adem/lucht"),
    ("own_violence", "alarm", "ik ..2 bang ..5 haar/hem/kinderen ..3 aandoe/aandoen/slaan/slaag/sla"),
    ("own_violence", "alarm", "handen/hand ..3 niet thuis/thuishouden ..2"),
    # Fear of the partner, in the fewest words: why is unclear, so the coach asks (S4).
    ("partner_violence", "concern", "ik/k/'k/ben ..3 bang/benauwd voor/van hem/'m/em"),
    ("partner_violence", "concern", "ik/k/'k/ben ..3 bang/benauwd voor/van haar $"),
    ("partner_violence", "concern", f"ik/k/'k/ben ..3 bang/benauwd voor/van {_MINE} {_LOVED} $"),
    ("partner_violence", "concern", f"ik/k/'k/ben ..3 bang/benauwd voor/van zijn/haar/z'n/d'r/hun {_TEMPER}"),
    ("partner_violence", "concern", "ik/k/'k ..3 niet veilig bij/met hem/haar/mijn/m'n"),
    ("partner_violence", "concern", "ik/k/'k ..3 onveilig"),
    (
        "partner_violence",
        "concern",
        f"ik/k/ben/zen ..3 bang/benauwd voor/van {_MINE} {_LOVED} als/wanneer hij/ie/ze/zij ..4 {_DRUNK}/kwaad/boos/thuiskomt",
    ),
    ("partner_violence", "concern", "schrik van hem/'m/em"),
    ("partner_violence", "concern", "schrik van haar $"),
    ("partner_violence", "concern", f"schrik van {_MINE} {_LOVED} $"),
    ("partner_violence", "concern", f"schrik van {_MINE} {_LOVED} als/wanneer"),
    ("partner_violence", "concern", "ik/k/heb/ben ..2 schrik/bang als/wanneer hij/ie/ze/zij ..1 thuiskomt/binnenkomt"),
    # What will happen to the visitor when the partner hears of it: a saying, or no saying at all.
    ("partner_violence", "concern", "als/wanneer/zodra ..6 ben ik er geweest"),
    ("partner_violence", "concern", "als/wanneer/zodra hij/ie/ze/zij ..3 leest/hoort/weet/ziet/merkt/ontdekt/vindt ..1 ben ik dood"),
    ("partner_violence", "concern", "zodat/opdat hij/ie/ze/zij/je/jij/ge ..2 niet/nie/nooit ..3 ontploft/slaat/slaagt/uithaalt/flipt"),
    ("partner_violence", "concern", f"{_PARTNER} doet/deed ..1 me/mij ..1 zeer $"),
    ("partner_violence", "concern", "ik/k ..4 ervan langs ..1 krijg/krijgen/gekregen"),
    ("partner_violence", "concern", "krijg/kreeg ik ..2 ervan langs"),
    ("partner_violence", "concern", "als/wanneer/zodra ik/k ..6 zwaait er wat"),
    ("partner_violence", "concern", "als/wanneer/zodra hij/ze/zij/ie ..6 zwaait er wat"),
    # Traces that are hidden, or explained away.
    ("partner_violence", "concern", f"{_COVERED} ..4 zien/ziet/zag ..4 {_TRACES} ..2 niet/nie"),
    ("partner_violence", "concern", f"{_COVERED} ..6 {_TRACES} ..1 niet/nie ..1 zien/ziet/zag"),
    ("partner_violence", "concern", f"{_COVERED} ..8 blauwe/krabben/striemen"),
    ("partner_violence", "concern", "zeg/zei/gezegd/zeggen ..1 ik ..2 tegen ..1 deur/kast/muur ..1 gelopen/gestoten"),
    ("partner_violence", "concern", "zeg/zei/gezegd/zeggen ..1 ik ..2 van ..1 trap/fiets ..1 gevallen"),
    # A no that was heard and passed over, a child's marks, waiting where somebody is bound to come by.
    ("own_violence", "concern", f"{_PARTNER} ..1 zei/zegt/riep ..1 nee/neen/stop ..5 ik ..3 doorgegaan/doorgezet/doorgedaan"),
    ("own_violence", "concern", f"ik/k ..3 aangedrongen ..6 {_PARTNER} ..1 zei/zegt nee/neen"),
    ("own_violence", "concern", f"hij/ze/zij/{_CHILD} ..1 had/heeft ..2 striemen"),
    ("own_violence", "concern", f"ik/k ..2 sta/stond/wacht/wachtte ..2 aan/voor/bij haar/zijn/z'n/d'r {_WHERE_SOMEBODY_IS}"),
    ("own_violence", "concern", "ik/k ..1 wacht/wachtte haar/hem ..1 op"),
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
