import pytest

from bot.apology.draft import cut_draft


@pytest.mark.parametrize(
    ("message", "draft"),
    [
        ("wat vind je van dit berichtje: lieve Sam, het spijt me dat ik loog", "lieve Sam, het spijt me dat ik loog"),
        ("Kan dit zo? Lieve Jan, sorry dat ik schreeuwde.", "Lieve Jan, sorry dat ik schreeuwde."),
        ("sorry schat dat ik loog over die tientjes. Is dat genoeg?", "sorry schat dat ik loog over die tientjes."),
        ('Ik ga dit appen: "Sorry van gister. Ik was fout." Goed zo?', "Sorry van gister. Ik was fout."),
        ("'Dag lief, ik had je niet mogen uitlachen.' Klinkt dat te kort?", "Dag lief, ik had je niet mogen uitlachen."),
        (
            "tweede poging, nu zonder die zin. 'ik kwam niet naar je echo. jij lag daar alleen'",
            "ik kwam niet naar je echo. jij lag daar alleen",
        ),
        ("voor mn vrouw: ik was fout met die lening, je had het moeten weten", "ik was fout met die lening, je had het moeten weten"),
        (
            "kunt ge dit nalezen? Ge hebt daar alleen gezeten. Het spijt mij.",
            "Ge hebt daar alleen gezeten. Het spijt mij.",
        ),
        ("Lieve An,\n\nik heb gelogen.\nHet spijt me.\n\nWat vind je?", "Lieve An,\n\nik heb gelogen.\nHet spijt me."),
        ("Sorry dat ik 'doe niet zo flauw' tegen je zei.", "Sorry dat ik 'doe niet zo flauw' tegen je zei."),
        ("Ik zeg het eerlijk: ik heb tegen je gelogen, en dat spijt me.", "Ik zeg het eerlijk: ik heb tegen je gelogen, en dat spijt me."),
    ],
)
def test_the_wording_is_cut_out_of_the_message(message: str, draft: str) -> None:
    assert cut_draft(message) == draft


@pytest.mark.parametrize(
    "message",
    [
        "",
        "/share_apology_draft",
        "mag ik je mijn excuses laten lezen?",
        "ik heb een tekst geschreven, wil je meelezen?",
        "ik heb mijn excuses uitgeschreven, kun je ze nakijken?",
        "ik heb een excuusbrief voor mijn man",
        "ik heb haar pijn gedaan en daar heb ik spijt van",
        "sorry lief",
    ],
)
def test_a_message_about_an_apology_is_no_draft(message: str) -> None:
    assert cut_draft(message) is None


def test_what_was_asked_for_needs_no_mark_of_an_apology() -> None:
    assert cut_draft("alles komt goed samen", asked=True) == "alles komt goed samen"
    assert cut_draft("alles komt goed samen") is None
    assert cut_draft("hij is altijd zo gemeen tegen mij", asked=True) is None


def test_what_is_cut_out_stands_in_the_message() -> None:
    message = "Zo dan? \u201eDen, sorry van vanmorgen, ik was gemeen tegen je\u201d"
    assert (cut_draft(message) or "?") in message
