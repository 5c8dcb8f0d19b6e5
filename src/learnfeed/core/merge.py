"""One post saved twice: what each save knows, put together."""

from __future__ import annotations

from dataclasses import fields, replace

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
    if len(new.body) < len(old.body) and old.body.startswith(new.body.rstrip(".…")):
        changes["blocks"] = old.blocks
    return replace(new, **changes)


def merge_comments(old: tuple[Comment, ...], new: tuple[Comment, ...]) -> tuple[Comment, ...]:
    """Comments of two saves in the older one's order, new ones after; a newer text wins."""
    by_key = {comment.key: comment for comment in old}
    by_key.update({comment.key: comment for comment in new})
    return tuple(by_key.values())


def _says_nothing(value: object) -> bool:
    return value in ("", (), None, 0) or (isinstance(value, Count) and value.value is None)
