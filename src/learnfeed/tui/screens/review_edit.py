"""From a card to its word in its post, where it can be corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnfeed.core.note import RubyToken
from learnfeed.services.sentences import sentence_span
from learnfeed.tui.messages import say
from learnfeed.tui.screens.reader import ReaderScreen

if TYPE_CHECKING:
    from learnfeed.services.review_views import ReviewCard
    from learnfeed.tui.reader_document import Document
    from learnfeed.tui.screens.base import PageScreen


def edit(screen: PageScreen, card: ReviewCard) -> bool:
    """Opens the post of a card with the window of corrections over it; whether there is one."""
    if card.post_id is None:
        screen.learnfeed.tell(say("This card has no post: there is no sentence to correct."), timeout=3)
        return False
    screen.app.push_screen(_Editing(card.post_id, card.headword, card.sentence))
    return True


class _Editing(ReaderScreen):
    """The reader with its window of corrections open on one word."""

    def __init__(self, post_id: int, headword: str, sentence: tuple[RubyToken, ...]) -> None:
        super().__init__(post_id)
        self._word, self._sentence = headword, "".join(token.text for token in sentence)

    def on_mount(self) -> None:
        """Asks once the post is there."""
        self.call_after_refresh(self._ask)

    def _ask(self) -> None:
        if self.post is None:
            return
        number = _place(self.view.document, self._word, self._sentence)
        if number < 0:
            self.learnfeed.tell(say("The word no longer stands in its post."), timeout=3)
        else:
            self.view.move_to(number)
            self.action_correct()


def _place(document: Document, headword: str, sentence: str) -> int:
    """Number of the word in its sentence, else of the word wherever it stands; -1 for nowhere."""
    found = [i for i in document.words if document.tokens[i].headword == headword]
    for i in found:
        text = document.texts[document.sections[i]]
        start, end = sentence_span(text, document.tokens[i])
        if text.text[start:end] == sentence:
            return i
    return found[0] if found else -1
