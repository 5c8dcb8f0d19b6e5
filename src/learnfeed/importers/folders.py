"""From the paths a person names to the files to read: folders walked in order, pairs of captions joined."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from learnfeed.importers import limits
from learnfeed.importers.base import Problem
from learnfeed.importers.source import Source, shown
from learnfeed.importers.text import clean_line

_IGNORED = frozenset(("__MACOSX", "Thumbs.db", "desktop.ini", "node_modules", "README.md", "LICENSE"))
_CAPTION = re.compile(
    r"(?P<stem>.+?)[._ -](?P<language>[A-Za-z]{2,4}(?:[-_][A-Za-z]{2,8})?|[\u4e00-\u9fff]{2,4})"
    r"\.(?P<kind>srt|vtt|ass|ssa|lrc)",
    re.IGNORECASE,
)
_ARTICLES = re.compile(r"metadata_\d+_to_\d+\.json")
"""Omnivore's lists of articles, beside folders of their pages."""
_CHINESE = re.compile(r"zh|zho|chi|cn|chs|cht|sc|tc|cmn|中文|简体|繁体|繁體|简中|繁中|中字", re.IGNORECASE)
_ENGLISH = re.compile(r"en|eng|英文|英语|英語|英字", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Walk:
    """One step of a walk: a file, or what was skipped."""

    source: Source | None = None
    problem: Problem | None = None
    named: bool = False


def walk(path: Path, name: str = "", *, temporary: bool = False) -> Iterator[Walk]:
    """The files at a path, in order of their names; a file itself when it is one.

    Hidden files, and links inside folders, are left alone: a link may lead anywhere or in circles.

    Args:
        path: A file or a folder.
        name: What to call it in messages; its path as it was given when empty.
        temporary: Whether it lies in an unpacked archive.
    """
    name = name or shown(path)
    try:
        is_folder = path.is_dir()
    except OSError:  # a name that is too long: opening it tells
        is_folder = False
    if not is_folder:
        yield Walk(Source.at(path, name, temporary=temporary), named=True)
        return
    seen = 0
    for found in _files(path, path, 0):
        if isinstance(found, Path):
            seen += 1
            if seen > limits.FOLDER_FILES.value:
                yield Walk(problem=Problem(name, "", limits.FOLDER_FILES.sentence, limits.FOLDER_FILES.hint))
                return
            relative = PurePosixPath(*found.relative_to(path).parts)
            joined = name + (":" if temporary else "/") + shown(str(relative))
            yield Walk(Source(joined, found, relative, temporary=temporary))
        else:
            yield Walk(problem=replace(found, file=clean_line(found.file)))


def _files(folder: Path, top: Path, depth: int) -> Iterator[Path | Problem]:
    try:
        entries = sorted(os.scandir(folder), key=_order)
    except OSError as error:
        yield Problem(
            shown(folder), "", f"the folder can't be read: {error.strerror}", "check its permissions"
        )
        return
    omnivore = any(_ARTICLES.fullmatch(entry.name) for entry in entries)
    for entry in entries:
        if omnivore and entry.name in ("content", "highlights"):
            continue  # the list of articles reads these pages itself
        if entry.name.startswith(".") or entry.name in _IGNORED:
            continue
        if entry.is_symlink():
            yield Problem(
                shown(entry.path), "", "is a link; links in folders are not followed", "name its target"
            )
        elif entry.is_dir(follow_symlinks=False):
            if depth >= limits.FOLDER_DEPTH.value:
                yield Problem(shown(entry.path), "", limits.FOLDER_DEPTH.sentence, limits.FOLDER_DEPTH.hint)
            else:
                yield from _files(Path(entry.path), top, depth + 1)
        elif entry.is_file(follow_symlinks=False):
            yield Path(entry.path)
        else:
            yield Problem(shown(entry.path), "", "is no regular file; it was left alone")


def _order(entry: os.DirEntry[str]) -> tuple[bool, str]:
    """By name, files of comments last: their posts come first."""
    return "comment" in entry.name.lower(), entry.name


def caption_language(name: str) -> tuple[str, str]:
    """Stem and language (``zh``, ``en`` or empty) of a caption file's name: ``x.zh-Hans.srt``."""
    match = _CAPTION.fullmatch(name)
    if match is None:
        return name, ""
    code = re.split(r"[-_]", match["language"])[0]
    language = "zh" if _CHINESE.fullmatch(code) else "en" if _ENGLISH.fullmatch(code) else ""
    return (match["stem"], language) if language else (name, "")


def pair_captions(steps: Iterable[Walk]) -> list[Walk]:
    """Joins ``x.zh-Hans.srt`` and ``x.en.srt`` of one folder into one source with a companion."""
    steps = list(steps)
    pairs: dict[tuple[Path, str], dict[str, Path]] = {}
    for step in steps:
        if step.source:
            stem, language = caption_language(step.source.path.name)
            if language:
                pairs.setdefault((step.source.path.parent, stem), {}).setdefault(language, step.source.path)
    partner = {both["zh"]: both["en"] for both in pairs.values() if len(both) == 2}
    taken = set(partner.values())
    return [_joined(step, partner) for step in steps if not (step.source and step.source.path in taken)]


def _joined(step: Walk, partner: dict[Path, Path]) -> Walk:
    if step.source is None or step.source.path not in partner:
        return step
    return replace(step, source=replace(step.source, companions=(partner[step.source.path],)))
