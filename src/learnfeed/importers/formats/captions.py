"""Captions and lyrics with times: SRT, VTT, ASS, LRC; two languages in one file or in two.

A file is one post. Its cues are blocks with times; cues that say the same in two languages share a pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from learnfeed.core.post import Block, Post
from learnfeed.importers import values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.cues import cue_blocks, join_tracks, parse_lrc, parse_subtitles
from learnfeed.importers.folders import caption_language
from learnfeed.importers.source import Source

_TIMING = re.compile(
    r"^[ \t]{0,9}-?\d{1,3}:\d\d(?::\d\d)?[,.:]\d{1,3}[ \t]{0,9}-{1,3}>[ \t]{0,9}-?\d{1,3}:\d\d", re.MULTILINE
)
_LRC = re.compile(r"^\[\d{1,3}:\d\d(?:[.:]\d{1,3})?\]", re.MULTILINE)
_ASS = re.compile(r"^\[Script Info\]|^Dialogue:", re.MULTILINE)
_VIDEO_ID = re.compile(r"(?<!\s)\s*+\[([\w-]{11})\]$")


class Captions:
    """SRT, WebVTT and ASS/SSA captions."""

    name = "captions"
    label = "Captions (SRT, VTT, ASS)"

    def sniff(self, probe: Probe) -> float:
        """Sure by a header, or by lines of times."""
        start = probe.text.lstrip("\ufeff \t\r\n")
        if start.startswith("WEBVTT") or (_ASS.search(start) and "Dialogue:" in start):
            return 1.0
        return 0.95 if _TIMING.search(probe.text) else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields one post; with a companion file the two are joined where their times overlap."""
        tracks = [parse_subtitles(source)]
        for companion in source.companions:
            other = Source.at(companion)
            tracks.append(parse_subtitles(other))
            source.notes.extend(other.notes)
        yield from caption_post(source, cue_blocks(tracks[0]) if len(tracks) == 1 else join_tracks(*tracks))


class Lyrics:
    """LRC lyrics."""

    name = "lyrics"
    label = "Lyrics (LRC)"

    def sniff(self, probe: Probe) -> float:
        """Sure when at least two lines begin with a time stamp."""
        return 0.9 if len(_LRC.findall(probe.text)) > 1 else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields one post; lines of one time stamp are renderings of each other."""
        tags, cues = parse_lrc(source.text())
        others = [parse_lrc(Source.at(companion).text())[1] for companion in source.companions]
        blocks = join_tracks(cues, others[0]) if others else cue_blocks(cues)
        yield from caption_post(source, blocks, title=tags.get("ti", ""), author=tags.get("ar", ""))


def caption_post(
    source: Source, blocks: Iterator[Block], *, title: str = "", author: str = "", kind: str = "captions"
) -> Iterator[Item]:
    """The post of a caption file; its title is the file's name without language and video id."""
    cues = tuple(blocks)
    if not cues:
        yield source.problem("there are no captions in it", hint="export the captions again")
        return
    stem = caption_language(source.path.name)[0] if source.name != "stdin" else ""
    stem = stem.rpartition(".")[0] if "." in stem[-5:] else stem
    match = _VIDEO_ID.search(stem)
    heading = values.line(title) or values.line(_VIDEO_ID.sub("", stem))
    yield Post(
        "youtube" if match else "local",
        (*values.text_blocks(heading, "")[0], *cues),
        native_id=match.group(1) if match else "",
        kind=kind,
        author=values.line(author),
        url=f"https://www.youtube.com/watch?v={match.group(1)}" if match else "",
    )
