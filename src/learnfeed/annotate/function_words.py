"""Words of both languages that say little of what a sentence is about."""

from __future__ import annotations

_ENGLISH = """
a an the of to in on at by for with from as and or but if then than that this these those it its is
am are was were be been being do does did done has have had having not no n't 's 're 've 'll 'd 'm i
you he she we they me him her us them my mine your yours his our ours their theirs so too also very
just there here what which who whom whose when where how why will would shall should can could may
might must up down out off over into about one's sb sth etc some any all s t ll re ve m d
"""
_CHINESE = """
的 了 是 在 和 也 就 都 而 及 与 着 或 一个 没有 吗 呢 吧 啊 呀 哦 嘛 么 之
其 把 被 让 给 对 向 从 到 以 于 为 因为 所以 但 但是 如果 那 这 那个 这个 个
地 得 过 还 又 很 太 我 你 他 她 它 我们 你们 他们 她们 它们 自己 有 不 没 要
会 能 可以 什么 怎么 这里 那里 上 里 下 中 来 去 说
"""

FUNCTION_WORDS = frozenset(_ENGLISH.split())
"""English ones: lemmas, forms and clitics."""

FUNCTION_HANZI = frozenset(_CHINESE.split())
"""Chinese ones."""
