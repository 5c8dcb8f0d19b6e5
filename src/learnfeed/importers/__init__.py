"""From saved files to posts."""
