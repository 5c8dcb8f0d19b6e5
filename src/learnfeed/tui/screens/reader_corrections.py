"""The reader's corrections: asking, writing, and showing the post as it is then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnfeed.core.correction import Correction
from learnfeed.services.correcting import Corrected, WordPlace
from learnfeed.tui.correctable import Correctable
from learnfeed.tui.messages import say
from learnfeed.tui.screens.correct_dialog import Answer, CorrectDialog
from learnfeed.tui.text import plural, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from learnfeed.bootstrap import Services
    from learnfeed.core.text import Token
    from learnfeed.services.views import ReaderPost, Undone, WordView
    from learnfeed.tui.screens.reader import ReaderScreen


def ask(reader: ReaderScreen, post: ReaderPost, token: Token, word: WordView | None) -> None:
    """Opens the dialog on the word at the cursor."""
    section = reader.view.document.sections[reader.view.cursor]
    text = reader.view.document.texts[section]
    place = WordPlace(reader.post_id, post.post.key, section, text, token.span)
    # While the learner chooses, the annotator is made ready: the corrected post then shows at once.
    reader.learnfeed.writer.do(lambda services: services.refreshing.warm_up(place.post_id), lambda _: None)
    dialog = CorrectDialog(
        Correctable(place, token, word.entries if word else ()),
        reader.holding(),
        reader.services.correcting.reach,
    )
    reader.app.push_screen(dialog, lambda answer: _write(reader, answer))


def _write(reader: ReaderScreen, answer: Answer | None) -> None:
    if answer is None:
        _cool_down(reader)
        return
    post = reader.post_id

    def work(services: Services) -> Corrected:
        if isinstance(answer, Correction):
            return services.correcting.correct(answer, first=post)
        return services.correcting.remove(answer.ids, first=post)

    def told(done: Corrected) -> str:
        _settle(reader, done.waiting)
        said = say("Corrected: {word}", word=shown(answer.surface))
        more = plural(done.waiting, say("more post"), say("more posts"))
        follow = f"   {say('{posts} follow', posts=more)}" if done.waiting else ""
        return f"{said}{follow}   u  {say('undo')}"

    reader.write(work, told)


def undo(reader: ReaderScreen) -> None:
    """Takes back what was done last; a post that it corrected is annotated again."""
    post = reader.post_id

    def work(services: Services) -> tuple[Undone | None, int]:
        return services.reading.undo(), services.correcting.catch_up(post)

    def told(done: tuple[Undone | None, int]) -> str:
        undone, waiting = done
        _settle(reader, waiting)
        return undone_text(undone) if undone else say("There is nothing to undo.")

    reader.write(work, told)


def undone_text(undone: Undone) -> str:
    """What an undo took back, in the language in use."""
    values = dict(undone.values)
    if "status" in values:
        values["status"] = say(str(values["status"]))
    return say(undone.text, **values)


def _settle(reader: ReaderScreen, waiting: int) -> None:
    """Shows the post as it is now; the others that a correction concerns follow behind."""
    if not waiting:
        # The write that calls this may find the writer busy again and leave showing the result to this one.
        _cool_down(reader, reader.written)
        return
    reader.show_anew()

    def left(number: int) -> None:
        if number:
            reader.learnfeed.refresh_posts()

    def settle(services: Services) -> int:
        number = services.correcting.settle()
        services.refreshing.cool_down()
        return number

    reader.learnfeed.writer.do(settle, left, reader.written)


def _cool_down(reader: ReaderScreen, ended: Callable[[], object] = lambda: None) -> None:
    """Frees the annotator: no one corrects words all day, and it would be half of the app's memory."""
    reader.learnfeed.writer.do(lambda services: services.refreshing.cool_down(), lambda _: None, ended)
