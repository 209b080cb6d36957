import numpy as np
import pytest
from scipy.special import expit, logit

from bot.alarm.classifier import NONE, AlarmClassifier, AlarmExample, blended
from bot.nlu.encoder import read

EXAMPLES = [
    AlarmExample("mijn man slaat me als hij gedronken heeft", "partner_violence", "alarm"),
    AlarmExample("hij heeft me net geschopt, ik bloed en hij staat nog beneden", "partner_violence", "acute"),
    AlarmExample("ik wil niet meer leven", "suicidality", "alarm"),
    AlarmExample("de pillen liggen klaar, vanavond doe ik het", "suicidality", "acute"),
    AlarmExample("ik kan niet meer", "suicidality", "concern"),
    AlarmExample("soms ben ik bang voor zijn buien", "partner_violence", "concern"),
    AlarmExample("hij heeft onze trouwdag vergeten", "", NONE),
    AlarmExample("ik wil haar mijn excuses aanbieden", "", NONE),
    AlarmExample("wij maken elke avond ruzie over geld", "", NONE),
    AlarmExample("hoe krijg ik haar vertrouwen terug", "", NONE),
] * 2


def test_opinions_that_agree_stay_as_they_are() -> None:
    chances = np.array([0.2, 0.9])
    assert blended(chances, chances) == pytest.approx([0.2, 0.9])


def test_the_encoder_counts_twice() -> None:
    one, other = logit(0.9), logit(0.2)
    assert blended(np.array([0.9]), np.array([0.2])) == pytest.approx([expit((2 * one + other) / 3)])


def test_neither_opinion_can_silence_the_other() -> None:
    assert 0.9 < blended(np.array([1.0]), np.array([0.01]))[0] < 1.0
    assert 0.0 < blended(np.array([0.0]), np.array([0.99]))[0] < 0.1
    assert 0.1 < blended(np.array([0.9]), np.array([0.0]))[0] < 0.3


def test_it_learns_how_bad_and_which_category_from_its_examples() -> None:
    classifier = AlarmClassifier().fit(EXAMPLES)
    blow, death, forgotten = classifier.judge(["mijn vrouw slaat me", "ik wil dood", "zij is mijn verjaardag vergeten"])
    assert blow.category == "partner_violence" and death.category == "suicidality"
    assert min(blow.alarm, death.alarm) > forgotten.alarm
    assert min(blow.concern, death.concern) > forgotten.concern


def test_the_encoder_names_every_level_and_category_of_the_contract() -> None:
    reading = read("hij slaat me")
    assert set(reading.levels) == {"none", "concern", "alarm", "acute"}
    assert len(reading.categories) == 7
    assert sum(reading.levels.values()) == pytest.approx(1.0, abs=1e-3)
    assert reading.levels["alarm"] + reading.levels["acute"] > reading.levels["none"]


@pytest.mark.parametrize("words_around", [5, 60, 300])
def test_one_clause_counts_wherever_it_stands_in_a_message(words_around: int) -> None:
    classifier = AlarmClassifier().fit(EXAMPLES)
    ordinary = "wij praten veel over het huis en over de tuin en over de vakantie van vorig jaar. "
    around = ordinary * (words_around // 16 + 1)
    quiet, loud = classifier.judge_whole(around + around), classifier.judge_whole(f"{around}Mijn man slaat me. {around}")
    assert loud.alarm > 2 * quiet.alarm
    assert loud.category == "partner_violence"
