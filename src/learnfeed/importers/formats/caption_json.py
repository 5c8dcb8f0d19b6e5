"""Captions as JSON: Bilibili's BCC, CapCut/剪映 drafts, NetEase lyrics."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from learnfeed.importers import values
from learnfeed.importers.base import Item, Probe
from learnfeed.importers.cues import Cue, cue_blocks, join_tracks, parse_lrc
from learnfeed.importers.formats.captions import caption_post
from learnfeed.importers.records import json_keys, read_json
from learnfeed.importers.source import Source

_MICROSECONDS = 1e6
_MOST_SECONDS = 1e6


class CaptionJson:
    """Caption files of sites and video editors."""

    name = "caption-json"
    label = "Captions as JSON (Bilibili, CapCut, NetEase)"

    def sniff(self, probe: Probe) -> float:
        """Sure by the members of each of the three."""
        keys = json_keys(probe)
        bilibili = {"body", "from", "to", "content"} <= keys
        capcut = {"materials", "texts", "tracks"} <= keys or {
            "tracks",
            "segments",
            "target_timerange",
        } <= keys
        netease = {"lrc", "lyric"} <= keys
        return 0.9 if bilibili or capcut or netease else 0.0

    def read(self, source: Source) -> Iterator[Item]:
        """Yields one post of paired cues."""
        data = read_json(source)
        row = data if isinstance(data, Mapping) else {}
        if "body" in row:
            yield from caption_post(source, cue_blocks(_in_order(_bilibili(row["body"]))))
        elif "materials" in row:
            yield from caption_post(source, cue_blocks(_in_order(_capcut(row))))
        else:
            lyric, translated = (parse_lrc(_lyric(row, name))[1] for name in ("lrc", "tlyric"))
            yield from caption_post(
                source, join_tracks(translated, lyric) if translated else cue_blocks(lyric)
            )


def _in_order(cues: Iterator[Cue]) -> list[Cue]:
    return sorted(cues, key=lambda cue: (cue.start, cue.end))


def _rows(value: object) -> Iterator[Mapping[str, object]]:
    yield from (row for row in (value if isinstance(value, list) else ()) if isinstance(row, Mapping))


def _seconds(value: object, unit: float = 1.0) -> float:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not 0 <= value <= _MOST_SECONDS * unit
    ):
        return 0.0
    return value / unit


def _bilibili(body: object) -> Iterator[Cue]:
    for row in _rows(body):
        text = values.string(row.get("content")).strip()
        start, end = _seconds(row.get("from")), _seconds(row.get("to"))
        if text:
            yield Cue(start, max(start, end), text)


def _capcut(row: Mapping[str, object]) -> Iterator[Cue]:
    """Texts where the segments of text tracks put them; times in microseconds."""
    materials = row.get("materials")
    texts = {
        values.line(each.get("id")): _material_text(each)
        for each in _rows(materials.get("texts") if isinstance(materials, Mapping) else None)
    }
    for track in _rows(row.get("tracks")):
        for segment in _rows(track.get("segments")):
            text = texts.get(values.line(segment.get("material_id")), "")
            time = segment.get("target_timerange")
            if text and isinstance(time, Mapping):
                start = _seconds(time.get("start"), _MICROSECONDS)
                yield Cue(start, start + _seconds(time.get("duration"), _MICROSECONDS), text)


def _material_text(material: Mapping[str, object]) -> str:
    """The content: JSON of text and styles in newer versions, plain text in older ones."""
    content = material.get("content")
    if isinstance(content, str) and content.lstrip().startswith("{"):
        try:
            unpacked = json.loads(content)
        except (ValueError, RecursionError):
            unpacked = None
        content = unpacked.get("text") if isinstance(unpacked, dict) else material.get("recognize_text")
    return values.string(content).strip()


def _lyric(row: Mapping[str, object], name: str) -> str:
    held = row.get(name)
    return values.string(held.get("lyric")) if isinstance(held, Mapping) else ""
