"""Study sheets: one file that shows every text as it is, and does nothing."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnfeed.anki.study_sheet import POLICY, study_sheet
from learnfeed.anki.text_exports import write_text
from learnfeed.core.note import DeckSpec, NewWord, NoteSource, ReadingComment, ReadingUnit, RubyToken
from tests.anki.samples import many, post, snow, token, word

SPEC = DeckSpec("learnfeed::Winter", description="For a snow day.")
HOT = (
    "<script>alert(1)</script>",
    "{{constructor}}",
    "\"'><img src=x onerror=alert(1)>",
    "</style></title><b>",
    "<!-- x --> &amp; &#60;",
    r"\(x\) [sound:x.mp3]",
)
VOID = {"meta", "br"}
OWN = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "h2",
        "h3",
        "p",
        "section",
        "div",
        "span",
        "dl",
    ),
    *(
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "ruby",
        "rt",
        "b",
        "mark",
        "a",
        "br",
        "footer",
    ),
}


class Page(HTMLParser):
    """What a browser makes of a file: elements that nest, their attributes, the text that is seen."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(source)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append((self.open[-1] if self.open else "", data))

    @property
    def seen(self) -> str:
        """Text without readings."""
        return "".join(text for tag, text in self.texts if tag not in ("rt", "style", "title"))


def sheet(notes, spec=SPEC) -> str:
    return "".join(study_sheet(spec, notes))


def test_a_post_is_a_section_with_pinyin_over_its_hanzi_and_its_english_beside():
    source = sheet([post()])
    assert '<ruby>雪<rt class="tone3">xuě</rt></ruby>' in source
    assert source.count("<section>") == 1
    seen = Page(source).seen
    for shown in ("My first snow", "Today I saw snow for the first time.", "So happy!", "Thanks", "柚子"):
        assert shown in seen
    assert "HSK 2 · 97 % of its words known · 第一次看到雪 · 小雪同学 · 16 Jan 2025" in seen
    assert "New words" in seen
    assert "Dictionary: CC-CEDICT, CC BY-SA 4.0 · https://creativecommons.org/licenses/by-sa/4.0/" in seen
    assert '<a href="https://example.org/p/1">' in source


def test_words_stand_in_a_table_with_reading_meaning_and_sentence():
    source = sheet([word("学习", "xue2 xi2", "to learn", 1, traditional="學習", other_glosses=("to study",))])
    assert source.count("<table>") == 1
    seen = Page(source).seen
    for shown in ("学习", "學習", "to learn", "to study", "这是学习。", "HSK 2"):
        assert shown in seen
    assert "<mark>to learn</mark>" in source
    assert '<rt class="tone2">xué</rt>' in source


def test_words_and_posts_stand_in_the_order_given():
    source = sheet([*many(3), post(), post(guid="2"), *many(1)])
    assert source.count("<table>") == source.count("</table>") == 2
    assert source.count("<section>") == 2
    assert source.index("</table>") < source.index("<section>") < source.rindex("<table>")
    assert source.count("Dictionary:") == 1


def test_what_is_not_there_leaves_no_trace():
    bare = snow(sentence=(), english="", level="", other_glosses=(), attribution="", source=NoteSource())
    plain = post(
        title=(),
        title_english="",
        level="",
        known=0,
        new_words=(),
        source=NoteSource(),
        attribution="",
        comments=(ReadingComment("x", (ReadingUnit(),)),),
    )
    source = sheet([bare, plain], DeckSpec("x"))
    seen = Page(source).seen
    for absent in ("known", "New words", "Comments", "Dictionary", " · "):
        assert absent not in seen
    assert '<div class="from"' not in source
    assert '<div class="other"' not in source
    assert "今天我第一次看到雪。</h2>" in source


def test_a_title_in_english_is_not_set_in_a_chinese_font():
    assert "<h2>My “snow”</h2>" in sheet([post(title=(RubyToken("My “snow”"),))])
    assert '<h2 lang="zh-CN">' in sheet([post()])


def everywhere(text: str) -> list:
    """Notes that hold a text wherever a text can stand."""
    tokens = (RubyToken(text, ("xue3",), is_target=True), token("雪", "xue3"))
    source = NoteSource(text, text, text, f"https://e.org/{text}")
    unit = ReadingUnit(tokens, text)
    note = snow(
        headword=text, traditional=f"x{text}", gloss=text, other_glosses=(text,), sentence=tokens,
        english=text, english_links=((0, 3),), level=text, source=source, attribution=text,
    )  # fmt: skip
    reading = post(
        title=tokens, title_english=text, body=(unit, ReadingUnit((), text)), level=text, source=source,
        attribution=text, comments=(ReadingComment(text, (unit,)),), new_words=(NewWord(text, (), text),),
    )  # fmt: skip
    return [note, reading]


def assert_inert(source: str) -> Page:
    page = Page(source)
    assert set(page.elements) <= OWN
    assert page.elements.count("style") == page.elements.count("title") == 1
    assert {name for name, _ in page.attributes} <= {
        "lang", "charset", "http-equiv", "content", "name", "class", "href",
    }  # fmt: skip
    assert all(value.startswith("https://") for name, value in page.attributes if name == "href" and value)
    return page


@pytest.mark.parametrize("text", HOT)
def test_a_text_that_looks_like_markup_is_shown_and_does_nothing(text):
    page = assert_inert(sheet(everywhere(text), DeckSpec(text, description=text)))
    # 1 heading, 1 description; of the word and the post each text they hold.
    assert page.seen.count(text) >= 15
    (title,) = (shown for tag, shown in page.texts if tag == "title")
    assert title == text


def test_marks_that_turn_the_direction_of_a_line_are_dropped():
    source = sheet(everywhere("a\u202eb\u2066c\u200f"), DeckSpec("a\u202eb"))
    assert not set("\u202e\u2066\u200f") & set(source)
    assert "abc" in source


@given(
    st.text(st.characters(), max_size=30)
    | st.text(st.sampled_from("<>&\"'{}/=\\[]!- \n\x1b雪aA"), max_size=30)
)
def test_no_text_comes_out_alive(text):
    assert_inert(sheet(everywhere(text), DeckSpec(text, description=text)))


def test_the_file_asks_for_nothing_outside_itself(tmp_path):
    path = tmp_path / "Sheet.HTML"
    write_text(SPEC, [snow(picture="/x/photo.jpg"), post(pictures=("/x/photo.jpg",))], path)
    source = path.read_text(encoding="utf-8")
    assert source.startswith("<!DOCTYPE html>")
    assert f'content="{POLICY}"' in source
    for loaded in ("<script", "<link", "<img", "src=", "url(", "@import"):
        assert loaded not in source


def test_a_printer_gets_a4_and_whole_sentences():
    style = sheet([post()])
    assert "@page { size: A4;" in style
    assert "break-inside: avoid" in style
    assert "@media screen and (prefers-color-scheme: dark)" in style


def test_links_lead_to_the_web_only():
    source = sheet([post(source=replace(post().source, url="javascript:alert(1)"))])
    assert "href" not in source


def test_a_sheet_of_nothing_is_nothing():
    assert sheet([]) == ""
