"""Pictures in the terminal: only when wanted, never a crash, with the extra and without it."""

from __future__ import annotations

import struct
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from learnfeed.config import Settings
from learnfeed.core.errors import LearnfeedError, LimitError, NotFoundError, UnreadableError
from learnfeed.core.post import Media, MediaKind
from learnfeed.services.opening import pictures_installed
from learnfeed.tui import pictures
from learnfeed.tui.app import LearnfeedApp
from learnfeed.tui.screens.correct_dialog import CorrectDialog
from learnfeed.tui.screens.quiz import QuizScreen
from learnfeed.tui.screens.reader import ReaderScreen
from learnfeed.tui.screens.review import ReviewScreen
from learnfeed.tui.widgets.picture import ROWS, Picture
from tests.study_samples import Clock, add_words, winter_posts, winter_services
from tests.tui.screens import told

# textual-image asks Pillow for pixels by a name that goes with Pillow 14.
pytestmark = pytest.mark.filterwarnings("ignore:Image.Image.getdata:DeprecationWarning")
extra = pytest.mark.skipif(not pictures_installed(), reason="needs learnfeed[pictures]")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, claimed: int = 0) -> bytes:
    """A red picture; ``claimed`` is the side that its head claims to have."""
    head = struct.pack(">IIBBBBB", claimed or width, claimed or height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xd0\x20\x20" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def library(folder: Path, data: bytes, **settings: object):
    """The winter posts, the first with a picture."""
    (post, annotated), tea = winter_posts()
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "snow.png").write_bytes(data)
    post = replace(post, media=(Media(MediaKind.IMAGE, "media/snow.png"),))
    return winter_services(folder, Clock(), posts=[(post, annotated), tea], **settings)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The settings with pictures on, and what shows them loaded as at the start of the app."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    pictures.prepare(Settings(pictures="on"))
    return {"pictures": "on"}


async def settled(pilot) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def opened(pilot, services) -> Picture:
    """The reader with the picture's key pressed."""
    pilot.app.open_post(services.reading.find("snow"))
    await pilot.pause()
    await pilot.press("i")
    await settled(pilot)
    return pilot.app.screen.query_one(Picture)


async def test_off_says_how_to_turn_it_on_and_loads_nothing(tmp_path: Path, monkeypatch) -> None:
    services = library(tmp_path, png(8, 8))
    monkeypatch.delitem(sys.modules, "textual_image.widget", raising=False)
    pictures.prepare(services.settings)
    async with LearnfeedApp(services).run_test() as pilot:
        picture = await opened(pilot, services)
        assert "pictures to on" in "\n".join(told(pilot.app))
        assert not picture.display
        assert "textual_image.widget" not in sys.modules
    services.close()


async def test_without_the_extra_it_says_how_to_get_it(tmp_path: Path, monkeypatch) -> None:
    services = library(tmp_path, png(8, 8), pictures="on")
    monkeypatch.setattr(pictures, "pictures_installed", lambda: False)
    pictures.prepare(services.settings)
    async with LearnfeedApp(services).run_test() as pilot:
        picture = await opened(pilot, services)
        assert 'pip install "learnfeed[pictures]"' in "\n".join(told(pilot.app))
        assert not picture.display
    services.close()


@extra
async def test_turned_on_meanwhile_it_shows_from_the_next_start(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delitem(sys.modules, "textual_image.widget", raising=False)
    assert "next start" in pictures.missing(Settings(pictures="on"))


@extra
async def test_the_reader_shows_it_and_puts_it_away(tmp_path: Path, on) -> None:
    services = library(tmp_path, png(60, 40), **on)
    async with LearnfeedApp(services).run_test(size=(80, 24)) as pilot:
        picture = await opened(pilot, services)
        [shown] = picture.children
        assert (shown.size.height, shown.size.width) == (8, 24)
        assert "▀" * 24 in "".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
        await pilot.resize_terminal(120, 60)
        await pilot.pause()
        assert shown.size.height == ROWS
        await pilot.press("i")
        await pilot.pause()
        assert not picture.display
        assert picture._image is None
        await pilot.press("i")
        await settled(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert picture._image is None
    services.close()


@extra
async def test_a_post_without_a_picture_and_a_broken_one_are_told(tmp_path: Path, on) -> None:
    services = library(tmp_path, b"\x89PNG\r\n\x1a\n", **on)
    async with LearnfeedApp(services).run_test() as pilot:
        picture = await opened(pilot, services)
        assert "snow.png is broken" in "\n".join(told(pilot.app))
        assert not picture.display
        pilot.app.screen.load(services.reading.find("tea"))
        await pilot.press("i")
        assert "No picture of this post" in "\n".join(told(pilot.app))
    services.close()


@extra
async def test_the_quiz_shows_it_with_the_question(tmp_path: Path, on) -> None:
    from learnfeed.services.quiz_words import QuizSource
    from learnfeed.tui.screens.quiz_menu import Topic

    services = library(tmp_path, png(60, 40), **on)
    screen = QuizScreen()
    screen._topic = Topic(QuizSource.MIXED, "", kinds=("picture_word",))
    async with LearnfeedApp(services).run_test(size=(80, 24)) as pilot:
        pilot.app.push_screen(screen)
        await pilot.pause()
        await settled(pilot)
        assert screen._asked is not None
        assert screen.query_one(Picture).display
        assert screen.query_one("#options").region.bottom <= 23
    services.close()


@extra
@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", UnreadableError),
        (b"<svg/>", UnreadableError),
        (png(9, 9)[:45], UnreadableError),
        (png(9, 9, claimed=8_000), LimitError),
        (png(9, 9, claimed=60_000), LimitError),
        (b"BM" + b"\0" * 60, UnreadableError),
    ],
    ids=["empty", "markup", "cut off", "many pixels", "a bomb", "another format"],
)
def test_untrusted_pictures(tmp_path: Path, on, data: bytes, error: type[LearnfeedError]) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(data)
    with pytest.raises(error, match=r"x\.png"):
        pictures.decode(str(path))


@extra
def test_a_file_of_too_many_bytes_is_not_opened(tmp_path: Path, on, monkeypatch) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(png(9, 9))
    monkeypatch.setattr(pictures, "MAX_BYTES", 50)
    with pytest.raises(LimitError):
        pictures.decode(str(path))


@extra
def test_a_large_picture_is_made_small_and_a_lost_one_is_told(tmp_path: Path, on) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(png(2000, 1000))
    assert pictures.decode(str(path)).size == (960, 480)
    with pytest.raises(NotFoundError):
        pictures.decode(str(tmp_path / "gone.png"))


async def test_a_card_leads_to_the_correction_of_its_word(tmp_path: Path) -> None:
    services = winter_services(tmp_path, Clock())
    add_words(services, "雪")
    async with LearnfeedApp(services).run_test() as pilot:
        pilot.app.push_screen(ReviewScreen())
        await pilot.pause()
        await pilot.press("e")
        await settled(pilot)
        dialog = pilot.app.screen
        assert isinstance(dialog, CorrectDialog)
        assert dialog.word.token.text == "雪"
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReaderScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert pilot.app.screen._card.headword == "雪"
    services.close()
