"""A small tree of a saved page: enough to find elements by id and class and to read their text.

Scripts are kept as text and never run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from learnfeed.importers import limits
from learnfeed.importers.text import unescape

_VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)
_LINES = frozenset("p div li ul ol section article blockquote h1 h2 h3 h4 h5 h6 tr pre dd dt".split())  # noqa: SIM905
_SILENT = frozenset(
    ("script", "style", "template", "noscript", "head", "svg", "textarea", "button", "select")
)
_DATA_URI = re.compile(r"data:[\w/+.;=-]{0,200},[A-Za-z0-9+/=%._~-]{200,}")
_MOST_ATTRIBUTES = 100
_SELF_CLOSED = frozenset(("p", "li", "dt", "dd"))
_RAW = {
    tag: re.compile(rf"</{tag}\b[^>]{{0,200}}>", re.IGNORECASE)
    for tag in ("script", "style", "title", "textarea")
}
_NAME = re.compile(r"[a-zA-Z][^\s/>]{0,60}")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?")
_MANY_BREAKS = re.compile(r"\n{3,}")


@dataclass(slots=True, eq=False)
class Node:
    """An element.

    Attributes:
        tag: Its name in lower case.
        attributes: As written, names in lower case.
        children: Elements and pieces of text, in order.
    """

    tag: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """Its class names."""
        return frozenset(self.attributes.get("class", "").split())

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in the page's order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack += [child for child in reversed(node.children) if isinstance(child, Node)]

    def find_all(self, test: Callable[[Node], bool]) -> Iterator[Node]:
        """The elements below it that pass a test."""
        return (node for node in self.walk() if node is not self and test(node))

    def by_class(self, name: str) -> Node | None:
        """The first element below it with a class."""
        return next(self.find_all(lambda node: name in node.classes), None)

    def by_id(self, name: str) -> Node | None:
        """The first element below it with an id."""
        return next(self.find_all(lambda node: node.attributes.get("id") == name), None)

    def by_tag(self, name: str) -> Node | None:
        """The first element below it of a kind."""
        return next(self.find_all(lambda node: node.tag == name), None)

    def text(self) -> str:
        """Its text as it is read: line breaks at blocks and ``br``, pictures by their alternative text."""
        pieces: list[str] = []
        _collect(self, pieces)
        return _MANY_BREAKS.sub("\n\n", "".join(pieces)).strip()


def _collect(node: Node, pieces: list[str]) -> None:
    for child in node.children:
        if isinstance(child, str):
            pieces.append(child)
        elif child.tag == "br":
            pieces.append("\n")
        elif child.tag == "img":
            alt = child.attributes.get("alt", "")
            pieces.append(alt if alt.startswith("[") else "")
        elif child.tag not in _SILENT:
            block = child.tag in _LINES
            if block and pieces and not pieces[-1].endswith("\n"):
                pieces.append("\n")
            _collect(child, pieces)
            if block and pieces and not pieces[-1].endswith("\n"):
                pieces.append("\n\n" if child.tag == "p" else "\n")


class _Builder:
    """Reads a page once from front to back.

    The standard library's parser takes quadratic time on tags and comments that are never closed; here
    each character is looked at a bounded number of times, whatever the page is.
    """

    def __init__(self, page: str) -> None:
        self._page = page
        self._at = 0
        self.root = Node("", {})
        self._stack = [self.root]

    def run(self) -> None:
        while (start := self._page.find("<", self._at)) >= 0:
            self._text(self._page[self._at : start])
            self._at = start
            self._markup(self._page[start + 1 : start + 2])
        self._text(self._page[self._at :])

    def _markup(self, char: str) -> None:
        if char in ("!", "?"):
            self._skip_to("-->" if self._page.startswith("<!--", self._at) else ">")
        elif char == "/" and (name := _NAME.match(self._page, self._at + 2)):
            self._close(name.group().lower())
            self._skip_to(">")
        elif char.isascii() and char.isalpha():
            self._open()
        else:
            self._text("<")
            self._at += 1

    def _skip_to(self, end: str) -> None:
        found = self._page.find(end, self._at)
        self._at = found + len(end) if found >= 0 else len(self._page)

    def _open(self) -> None:
        name = _NAME.match(self._page, self._at + 1)
        tag = name.group().lower() if name else ""
        self._at += 1 + len(tag)
        found: dict[str, str] = {}
        while attribute := _ATTRIBUTE.match(self._page, self._at):
            self._at = attribute.end()
            value = next((group for group in attribute.groups()[1:] if group is not None), "")
            if len(found) < _MOST_ATTRIBUTES:
                found.setdefault(attribute.group(1).lower(), unescape(value))
        self._skip_to(">")
        node = Node(tag, found)
        if tag in _SELF_CLOSED and self._stack[-1].tag == tag:
            self._stack.pop()
        self._stack[-1].children.append(node)
        if tag in _RAW:
            self._raw(node)
        elif (
            tag not in _VOID
            and self._page[self._at - 2 : self._at] != "/>"
            and len(self._stack) < limits.PAGE_DEPTH.value
        ):
            self._stack.append(node)

    def _raw(self, node: Node) -> None:
        """Scripts, styles and titles hold text only, up to their own end."""
        end = _RAW[node.tag].search(self._page, self._at)
        stop = end.start() if end else len(self._page)
        text = self._page[self._at : stop]
        node.children.append(unescape(text) if node.tag in ("title", "textarea") else text)
        self._at = end.end() if end else stop

    def _close(self, tag: str) -> None:
        for place in range(len(self._stack) - 1, 0, -1):
            if self._stack[place].tag == tag:
                del self._stack[place:]
                return

    def _text(self, text: str) -> None:
        if text:
            self._stack[-1].children.append(unescape(text))


def parse_html(page: str) -> Node:
    """The tree of a page, however broken; pictures inside the file (``data:``) are left out."""
    builder = _Builder(_DATA_URI.sub("data:,", page))
    builder.run()
    return builder.root


def html_text(fragment: str) -> str:
    """A piece of HTML as plain text."""
    return parse_html(fragment).text() if "<" in fragment or "&" in fragment else fragment.strip()
