"""From a post to an annotated post."""
