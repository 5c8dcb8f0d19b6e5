from __future__ import annotations

from hypothesis import strategies as st

from learnfeed.importers.html_tree import html_text, parse_html
from tests.importers.checks import check


def test_text_as_it_is_read():
    html = '<p>窗外 &amp; 雪<br>snow</p><p>二<script>alert(1)</script></p><ul><li>a<li>b</ul><img alt="[doge]"><img alt="x">'
    assert html_text(html) == "窗外 & 雪\nsnow\n\n二\n\na\nb\n[doge]"
    assert html_text("plain ") == "plain"


def test_elements_are_found():
    tree = parse_html('<div id="a" class="x y"><span class="y">1</span></div><p>2</p>')
    assert tree.by_id("a").classes == {"x", "y"}
    assert tree.by_id("a").by_class("y").text() == "1"
    assert tree.by_tag("p").text() == "2"
    assert tree.by_id("none") is None


def test_pictures_inside_the_file_are_left_out():
    tree = parse_html(f'<img src="data:image/png;base64,{"A" * 5000}">')
    assert tree.by_tag("img").attributes["src"] == "data:,"


def test_depth_does_not_matter():
    assert parse_html("<div>" * 5000 + "x").text() == "x"


@check(st.text(st.sampled_from("<>/pdiv!-&;\"'= ab\n")))
def test_any_text_is_a_page(page):
    parse_html(page).text()
