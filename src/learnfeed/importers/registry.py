"""Every importer there is, and the way from paths to posts."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from learnfeed.core.errors import LearnfeedError, SourceError, UnknownFormatError, UsageError
from learnfeed.core.post import MediaKind, Post
from learnfeed.importers import limits
from learnfeed.importers.archives import is_archive, unpack
from learnfeed.importers.base import Importer, Item, Probe, Problem
from learnfeed.importers.folders import Walk, pair_captions, walk
from learnfeed.importers.formats import (
    anki_package,
    caption_json,
    captions,
    clipboard,
    kindle_clippings,
    known_words,
    learnfeed_files,
    markdown,
    mastodon,
    mediacrawler,
    plain_text,
    read_later,
    saved_page,
    share_text,
    spider_xhs,
    table,
    telegram,
    weibo_crawler,
    word_lists,
    words,
    x_posts,
    xhs_downloader,
    xhs_json,
    xhs_notes,
)
from learnfeed.importers.signatures import is_foreign, media_kind, what_is
from learnfeed.importers.source import Source, shown

# A picture under such a name is worth a word; other pictures of a folder belong to its posts.
_TEXT_ENDINGS = frozenset(
    (".txt", ".md", ".json", ".jsonl", ".csv", ".tsv", ".html", ".srt", ".vtt", ".toml")
)

BUILTIN: tuple[Importer, ...] = (
    learnfeed_files.LearnfeedPost(),
    learnfeed_files.LearnfeedJson(),
    xhs_downloader.XhsDownloader(),
    xhs_notes.XhsNotes(),
    mediacrawler.MediaCrawler(),
    xhs_json.XhsJson(),
    spider_xhs.SpiderXhs(),
    caption_json.CaptionJson(),
    telegram.Telegram(),
    x_posts.XArchive(),
    x_posts.XExporter(),
    weibo_crawler.WeiboCrawler(),
    mastodon.Mastodon(),
    read_later.ReadLaterCsv(),
    read_later.Bookmarks(),
    read_later.TikTok(),
    read_later.Omnivore(),
    saved_page.SavedPage(),
    captions.Captions(),
    captions.Lyrics(),
    anki_package.AnkiPackage(),
    kindle_clippings.KindleClippings(),
    known_words.WordTable(),
    known_words.WordJson(),
    word_lists.AnkiText(),
    word_lists.PlecoText(),
    word_lists.KindleVocabulary(),
    word_lists.WordList(),
    words.Words(),
    clipboard.Clipboard(),
    share_text.ShareText(),
    table.Table(),
    markdown.Markdown(),
    plain_text.PlainText(),
)
"""All importers. Of two that are equally sure of a file the first one reads it."""

_PAIRED = frozenset(("captions", "lyrics"))


@dataclass(frozen=True, slots=True)
class FoundSource:
    """One file that was found, and what is in it.

    Attributes:
        name: As the person named it, ``folder/file`` or ``archive.zip:member``; safe to show.
        format: Name of the importer that reads it; empty when nothing can, and then ``items`` holds
            the Problem that says why.
        label: The format's name for people.
        sha256: Of the file's bytes, 64 hex digits; empty when it can't be read.
        items: Posts, comments, words and problems, read while you iterate. It never raises an
            error of the file: what goes wrong comes as a Problem.
        temporary: Whether the file, and the pictures its posts name, lie in an unpacked archive and
            are deleted when the next source is asked for: copy what you want to keep before. Videos
            in archives are not named.
    """

    name: str
    format: str
    label: str
    sha256: str
    items: Iterator[Item] = field(compare=False)
    temporary: bool = False


def find(name: str) -> Importer:
    """The importer of a name, as ``--format`` takes it.

    Raises:
        UsageError: There is none; the hint names the closest ones.
    """
    for importer in BUILTIN:
        if importer.name == name:
            return importer
    names = [importer.name for importer in BUILTIN]
    near = get_close_matches(name, names, 3, 0.5) or sorted(names)
    raise UsageError(f"there is no format named {shown(name)}", hint="formats: " + ", ".join(near))


def sniff(probe: Probe) -> Importer | None:
    """The importer that is surest of a file; None when no one knows it."""
    best, sure = None, 0.0
    for importer in BUILTIN:
        certainty = importer.sniff(probe)
        if certainty > sure:
            best, sure = importer, certainty
    return best


def open_paths(
    paths: Iterable[str | Path],
    *,
    format: str | None = None,  # noqa: A002 - the option's own name
    stdin: BinaryIO | None = None,
) -> Iterator[FoundSource]:
    """Finds what can be imported at each path: files, folders, archives, or ``-`` for standard input.

    Iterate the sources one after another, and the items of each before you go on to the next: files
    are read lazily, and an archive's files are deleted when you move on. The same file twice gives
    the same items again; it is the caller who knows what was imported before (``sha256``, post keys).
    Files of a folder come in order of their names, files of comments last, so that the post of a
    :class:`LooseComment` comes before it where the folder holds both.

    Args:
        paths: As the person typed them.
        format: Name of the importer to use for all; sniffed for each file when None.
        stdin: Where ``-`` is read from; the process's standard input when None.

    Raises:
        UsageError: There is no such format.
    """
    forced = find(format) if format else None
    with ExitStack() as stack:
        steps = pair_captions(_all_steps(paths, stdin, stack))
        for step in steps:
            if step.problem:
                yield _unusable(step.problem.file, step.problem)
            elif step.source:
                yield from _open(step.source, forced, step.named, 0)


def _all_steps(paths: Iterable[str | Path], stdin: BinaryIO | None, stack: ExitStack) -> Iterator[Walk]:
    for path in paths:
        if str(path) == "-":
            yield from _standard_input(stdin or sys.stdin.buffer, stack)
        else:
            yield from walk(Path(path).expanduser())


def _standard_input(stdin: BinaryIO, stack: ExitStack) -> Iterator[Walk]:
    data = stdin.read(limits.STDIN_BYTES.value + 1)
    if len(data) > limits.STDIN_BYTES.value:
        yield Walk(problem=Problem("stdin", "", limits.STDIN_BYTES.sentence, limits.STDIN_BYTES.hint))
        return
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="learnfeed-")))
    file = folder / "stdin"
    file.write_bytes(data)
    yield Walk(Source.at(file, "stdin", temporary=True), named=True)


def _open(source: Source, forced: Importer | None, named: bool, depth: int) -> Iterator[FoundSource]:
    try:
        probe = source.probe()
        if forced is None and is_archive(probe):
            yield from _open_archive(source, depth)
            return
        if not named and media_kind(probe.head) and source.path.suffix.lower() not in _TEXT_ENDINGS:
            return
        importer = forced or (None if is_foreign(probe.head) else sniff(probe))
        if importer is None:
            raise UnknownFormatError(f"{source.name}: {what_is(probe)}", hint=_unknown_hint(probe))
        digest = source.sha256()
    except SourceError as error:
        yield _unusable(source.name, _problem(source, error), source.notes)
        return
    items = _items(importer, source)
    yield FoundSource(source.name, importer.name, importer.label, digest, items, source.temporary)
    if importer.name not in _PAIRED:
        # Named like the other language of a pair of captions, but this one was none: it stands alone.
        for path in source.companions:
            yield from _open(Source.at(path, temporary=source.temporary), forced, named, depth)


def _open_archive(source: Source, depth: int) -> Iterator[FoundSource]:
    if depth >= limits.ARCHIVE_DEPTH.value:
        raise limits.ARCHIVE_DEPTH.error(source.name)
    with TemporaryDirectory(prefix="learnfeed-") as folder:
        unpack(source, Path(folder))
        steps = pair_captions(walk(Path(folder), source.name, temporary=True))
        if source.notes:
            yield _unusable(source.name, source.notes[0], source.notes[1:])
        if not any(step.source for step in steps) and not source.notes:
            yield _unusable(source.name, source.problem("the archive is empty"))
        for step in steps:
            if step.source:
                yield from _open(step.source, None, False, depth + 1)


def _items(importer: Importer, source: Source) -> Iterator[Item]:
    """What an importer reads, its notes and its last error among it as Problems."""
    given = 0
    try:
        for item in importer.read(source):
            yield from source.notes[given:]
            given = len(source.notes)
            yield _lasting(item) if source.temporary and isinstance(item, Post) else item
    except LearnfeedError as error:
        yield _problem(source, error)
    except RecursionError:
        yield source.problem("its values are nested too deeply", hint="this is no export of a known tool")
    yield from source.notes[given:]


def _lasting(post: Post) -> Post:
    """A post of an archive without the paths of its videos: only pictures are copied before they go."""
    media = (item if item.kind is MediaKind.IMAGE else replace(item, path="") for item in post.media)
    return replace(post, media=tuple(item for item in media if item.path or item.url))


def _problem(source: Source, error: LearnfeedError) -> Problem:
    return Problem(source.name, error.place, error.message.removeprefix(f"{source.name}: "), error.hint)


def _unusable(name: str, problem: Problem, more: Iterable[Problem] = ()) -> FoundSource:
    return FoundSource(name, "", "", "", iter([replace(problem, file=problem.file or name), *more]))


def _unknown_hint(probe: Probe) -> str:
    if not probe.head.strip(b"\0 \t\r\n"):
        return "nothing to do"
    return "name its format with --format, or copy the text into a .txt file"
