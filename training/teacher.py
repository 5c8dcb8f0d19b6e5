"""g2pM (Apache-2.0) as a labeller of heteronyms in sentences without labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from learnfeed.core.pinyin import to_number

LONGEST = 120
BATCH = 256
Labels = dict[int, dict[str, float]]
"""By place of the character: how likely each reading is."""


def reading(raw: str) -> str:
    """A label in our notation; ``lue4`` is ``lüe4``."""
    syllable = to_number(raw)
    return syllable[0] + "ü" + syllable[2:] if syllable[:3] in ("lue", "nue") else syllable


class Teacher:
    """g2pM's recurrent network, run over sentences of one length at a time."""

    def __init__(self) -> None:
        import numpy as np
        from g2pM import G2pM

        self.np, self.model = np, G2pM()
        classes = {name: number for number, name in self.model.idx2class.items()}
        self.options: dict[str, tuple[list[str], Any]] = {}
        for char, known in self.model.cedict.items():
            names = [name for name in known if name in classes]
            if len(names) > 1:
                self.options[char] = ([reading(n) for n in names], np.array([classes[n] for n in names]))

    def labels(self, sentences: Iterable[str]) -> dict[str, Labels]:
        """What it makes of the heteronyms of each sentence of at most 120 characters."""
        by_length: dict[int, list[str]] = defaultdict(list)
        for sentence in sentences:
            if len(sentence) <= LONGEST:
                by_length[len(sentence)].append(sentence)
        out: dict[str, Labels] = {}
        for _, group in sorted(by_length.items()):
            for start in range(0, len(group), BATCH):
                self._batch(group[start : start + BATCH], out)
        return out

    def _batch(self, group: Sequence[str], out: dict[str, Labels]) -> None:
        np, model = self.np, self.model
        places = [(q, at) for q, s in enumerate(group) for at, c in enumerate(s) if c in self.options]
        if not places:
            return
        unknown = model.char2idx["<UNK>"]
        inner = [[model.char2idx.get(c, unknown) for c in s] for s in group]
        ids = np.array([[model.char2idx["시"], *row, model.char2idx["끝"]] for row in inner])
        forward = self._states(model.fw_lstm_cell, ids)
        backward = self._states(model.bw_lstm_cell, ids[:, ::-1])[:, ::-1]
        rows = np.array([q for q, _ in places])
        columns = np.array([at + 1 for _, at in places])
        states = np.concatenate([forward[rows, columns], backward[rows, columns]], 1)
        for (q, at), logits in zip(places, model.fc_layer(states), strict=True):
            names, classes = self.options[group[q][at]]
            powers = np.exp(logits[classes] - logits[classes].max())
            shares = zip(names, (powers / powers.sum()).tolist(), strict=True)
            out.setdefault(group[q], {})[at] = {n: round(share, 3) for n, share in shares if share > 0.01}

    def _states(self, cell: Any, ids: Any) -> Any:
        state, out = None, []
        embedded = self.model.get_embedding(ids)
        for step in range(ids.shape[1]):
            state = cell(embedded[:, step, :], state)
            out.append(state[0])
        return self.np.stack(out, 1)
