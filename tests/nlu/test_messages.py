from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT

from bot.nlu.messages import MessagesError, read_messages
from bot.settings import ROOT
from tests.nlu.test_data import messages


def test_it_reads_every_message_of_the_project_with_its_intent() -> None:
    found: dict[str, list[str]] = {}
    for path in (ROOT / "data" / "nlu").glob("*.yml"):
        for message in read_messages(path):
            found.setdefault(message.get(INTENT), []).append(message.get(TEXT))
    assert {intent: sorted(texts) for intent, texts in found.items()} == {i: sorted(t) for i, t in messages().items()}


def test_an_alarm_keeps_its_category_and_level() -> None:
    labels = [message.get("metadata")["example"] for message in read_messages(ROOT / "data" / "nlu" / "alarm.yml")]
    assert {label["level"] for label in labels} == {"alarm", "acute"}
    assert len({label["category"] for label in labels}) == 7


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("nlu: [", "no valid YAML"),
        ("greet: hoi", "no list under 'nlu:'"),
        ("nlu:\n- synonym: x\n  examples: y", "'intent:' and 'examples:'"),
        ("nlu:\n- intent: greet\n  examples: |\n    hoi", "begins with '- '"),
        ("nlu:\n- intent: alarm\n  examples:\n  - text: au", "'text:' and 'metadata:'"),
    ],
)
def test_a_file_of_another_shape_is_named_with_the_place(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "fout.yml"
    file.write_text(content, "utf-8")
    with pytest.raises(MessagesError, match=says) as problem:
        read_messages(file)
    assert "fout.yml" in str(problem.value)
