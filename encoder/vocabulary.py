"""Cuts the encoder's vocabulary of 250,000 pieces down to those that Dutch and English need."""

from __future__ import annotations

import json
from pathlib import Path

from tokenizers import Tokenizer
from wordfreq import top_n_list

DUTCH_WORDS = 100_000
ENGLISH_WORDS = 25_000
# Words that open a sentence have a capital; beyond these, they fall apart into smaller pieces, which does little harm.
CAPITALISED_WORDS = 20_000
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")


def prune(source: Path, texts: list[str], target: Path) -> list[int]:
    """Write the tokenizer with the pruned vocabulary to `target`; return the kept rows of the word embedding, in their new order.

    `texts`: messages whose pieces are kept as well.
    """
    full = Tokenizer.from_file(str(source))
    dutch = top_n_list("nl", DUTCH_WORDS)
    words = dutch + top_n_list("en", ENGLISH_WORDS) + [w.capitalize() for w in dutch[:CAPITALISED_WORDS]]
    used = {i for encoding in full.encode_batch(words + texts) for i in encoding.ids}
    content = json.loads(source.read_text("utf-8"))
    vocabulary = content["model"]["vocab"]
    kept = [
        i
        for i, (piece, _) in enumerate(vocabulary)
        if i < len(SPECIAL) or i in used or (len(piece.strip("▁")) <= 1 and piece.isascii()) or piece in "▁éèëêïíìîöóòôüúùûäáàâçñ€…’‘“”–"
    ]
    content["model"]["vocab"] = [vocabulary[i] for i in kept]
    content["added_tokens"] = [token for token in content["added_tokens"] if token["content"] in SPECIAL]
    content["truncation"] = content["padding"] = None
    target.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")
    return kept
