"""One post saved twice: what each save knows, put together."""

from __future__ import annotations

from dataclasses import fields, replace

from learnfeed.core.ids import letters
from learnfeed.core.post import Comment, Count, Post

_PAIRED = ("platform", "native_id", "blocks")


def merge(old: Post, new: Post) -> Post:
    """The post that two saves of it make together.

    Field by field the newer save wins where it says something; what only the older one has is kept.
    Which is newer is told by :attr:`Post.revision`; where one of them has none, ``new`` is. Comments of
    both are kept, each once by its key.
    """
    if old.revision and new.revision and new.revision < old.revision:
        old, new = new, old
    changes = {
        field.name: getattr(old, field.name)
        for field in fields(Post)
        if field.name not in _PAIRED and _says_nothing(getattr(new, field.name))
    }
    changes["comments"] = merge_comments(old.comments, new.comments)
    changes["tags"] = tuple(dict.fromkeys((*new.tags, *old.tags)))
    changes["media"] = new.media if len(new.media) >= len(old.media) else old.media
    if _is_cut(new, old):
        changes["blocks"] = old.blocks
    return replace(new, **changes)


def _is_cut(short: Post, whole: Post) -> bool:
    """Whether a save holds only the beginning of a text that the other one holds whole.

    So do links, bookmarks and share texts. Between two saves that both say how new they are, a text that was
    shortened by its author is no cut.
    """
    said, full = letters(short.body), letters(whole.body)
    if not said:
        return bool(full) or len(short.title) < len(whole.title)
    if len(said) >= len(full) or not full.startswith(said):
        return False
    return not (short.revision and whole.revision) or short.body.rstrip().endswith(("…", "..."))


def merge_comments(old: tuple[Comment, ...], new: tuple[Comment, ...]) -> tuple[Comment, ...]:
    """Comments of two saves in the older one's order, new ones after; a newer text wins."""
    by_key = {comment.key: comment for comment in old}
    by_key.update({comment.key: comment for comment in new})
    return tuple(by_key.values())


def _says_nothing(value: object) -> bool:
    return value in ("", (), None, 0) or (isinstance(value, Count) and value.value is None)
