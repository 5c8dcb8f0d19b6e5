"""Settings, reviews and help in Chinese; see :mod:`learnfeed.tui.messages`."""

from __future__ import annotations

SETTINGS_TEXTS = {
    # review
    "Give this card a flag, the next colour, or none": "给这张卡片加旗标：换下一种颜色，或取消",
    "Flag: {colour}.": "旗标：{colour}。",
    "{n} s": "{n} 秒",
    "none": "无",
    "red": "红",
    "orange": "橙",
    "green": "绿",
    "blue": "蓝",
    "pink": "粉",
    "turquoise": "青",
    "purple": "紫",
}
