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
    # the screen of settings
    "Settings": "设置",
    "settings": "设置",
    "Settings, each with what it does": "设置，每一项都有说明",
    "Everything that can be set, with what it does": "可以设置的一切，都有说明",
    "change": "更改",
    "Take the next value, or type one": "换成下一个值，或输入一个值",
    "previous": "上一个",
    "Take the value before": "换成上一个值",
    "type": "输入",
    "Type a value": "输入一个值",
    "default": "默认",
    "Give this setting its default again": "恢复这一项的默认值",
    "use it": "采用",
    "Take the fitted parameters into use": "采用拟合出的参数",
    "Go to the setting below": "到下一项",
    "Go to the setting above": "到上一项",
    "{n} changed": "已更改 {n} 项",
    "on": "开",
    "off": "关",
    "from {a} to {b}": "从 {a} 到 {b}",
    "default: {value}": "默认：{value}",
    "Everything here is also in settings.toml, where your own comments stay. learnfeed settings does the "
    "same without the app; learnfeed settings keys lists the names for keys of your own.": (
        "这里的一切也都在 settings.toml 里，你自己写的注释会原样保留。不打开应用也可以用 learnfeed settings 设置；"
        "learnfeed settings keys 列出可以自定义的按键名。"
    ),
    # groups of settings
    "Words and reading": "词语与阅读",
    "Reading": "读音",
    "Reviews": "复习",
    "Goals": "目标",
    "Looks": "外观",
    "Memory": "记忆",
    # statistics
    "Words over half a year, in weeks": "半年来的词汇，按周",
    "No word is known or being learned yet.": "还没有认识或在学的词。",
    "Minutes a day": "每天学习分钟数",
    "No answers in these days.": "这些天没有答题。",
    "Posts": "帖子",
    "you can read now: 95 % of the words known": "现在能读：认识 95 % 的词",
    "read with ease: 98 %": "读来轻松：98 %",
    "read to the end": "已读完",
    "goal {goals}": "目标 {goals}",
    "Words: {known} known █  {learning} learning ▒   {scale}, ↑ in 30 days": (
        "词：认识 {known} █  在学 {learning} ▒   {scale}，↑ 近 30 天"
    ),
    "{n} of {goal} answers": "{n} / {goal} 次回答",
    "{n} of {goal} minutes": "{n} / {goal} 分钟",
    # welcome
    "Go to the next page": "到下一页",
    "page before": "上一页",
    "Go to the page before": "到上一页",
    "I learn English": "我学英语",
    "Learn English from your posts instead of Chinese; again: Chinese": "从帖子里学英语而不是汉语；再按一次换回汉语",
    "What do you know already?": "你已经认识多少？",
    "Posts are ordered by how many of their words you know. Say it roughly now; reading makes it exact.": (
        "帖子按你认识多少词来排列。现在大致说一下就行；读着读着就准了。"
    ),
    "You learn Chinese. d: English": "你学汉语。按 d 改学英语",
    "You learn English. d: Chinese": "你学英语。按 d 改学汉语",
    "Something to read": "读点什么",
    "Posts come from files: saved pages, exports of crawlers and clippers, plain text. A format is recognised by "
    "itself.": ("帖子来自文件：保存的网页、采集器和剪藏的导出、纯文本。格式会自动识别。"),
    "There is no theme {name}; dark is used.": "没有名为 {name} 的主题；使用深色。",
    "frozen": "冻结",
    # help of screens
    "Best fit puts posts first of which you know most words and that are not too easy; posts by authors and on "
    "topics that you read to the end come before others that fit alike. Likes play no part.": (
        "“最适合”把你认识大部分词、又不太容易的帖子排在前面；同样适合时，你常读完的作者和话题优先。点赞数不算在内。"
    ),
    "FSRS plans when a card comes back; the wait stands over each answer. Rate how well you knew it before you saw "
    "the answer. Whatever you press can be taken back with u.": (
        "FSRS 安排卡片何时再来；每个答案上方写着间隔。按看到答案之前的记忆程度评分。按什么都可以用 u 撤销。"
    ),
    "A freeze keeps a streak over one missed day; every seven days in a row earn one. Remembered counts answers to "
    "cards that you had learned before.": (
        "冻结能让连续天数跳过一个缺席的日子；每连续七天得到一次。“记住”只计算已经学会的卡片。"
    ),
    # values
    "saved": "原文",
    "simplified": "简体",
    "traditional": "繁体",
    "unknown": "生词",
    "all": "全部",
    "zhuyin": "注音符号",
    "chinese": "汉语",
    "english": "英语",
    "auto": "自动",
    "dark": "深色",
    "light": "浅色",
    "zh": "中文",
    "en": "English",
    # what each setting is called, and what it does
    "Standard": "HSK 标准",
    "HSK standard that levels are shown by": "按哪个 HSK 标准显示等级",
    "Script": "字体（简繁）",
    "Characters that words are shown in: as saved, or all in one script": "词语按原文显示，还是统一用简体或繁体",
    "Pinyin": "注音范围",
    "Over which words the reading stands": "哪些词上面显示读音",
    "How readings are written": "读音用拼音还是注音符号",
    "Sandhi": "变调",
    "Show tones as they are spoken (ní hǎo) and not as the dictionary has them": (
        "按实际读音显示声调（ní hǎo），而不是字典声调"
    ),
    "Direction": "学习方向",
    "Voice": "朗读",
    "Quiz reviews": "测验算复习",
    "New per day": "每天新卡片",
    "New cards a day": "每天学多少张新卡片",
    "Reviews per day": "每天复习上限",
    "Reviews a day at most": "每天最多复习多少张",
    "Desired retention": "期望记忆率",
    "Share of reviews to be remembered; more means more reviews": "希望记住的比例；越高，复习越多",
    "Learning steps": "学习步骤",
    "Waits between the first reviews of a card (s, m, h, d)": "新卡片最初几次复习之间的间隔（s 秒，m 分，h 时，d 天）",
    "Relearning steps": "重学步骤",
    "Waits after a card was forgotten (s, m, h, d)": "忘记一张卡片之后的间隔（s 秒，m 分，h 时，d 天）",
    "Rollover": "换日时间",
    "Hour at which a new day begins": "新的一天从几点开始",
    "Leech threshold": "难记卡片",
    "A card forgotten so often is set aside; 0 for never": "忘记这么多次的卡片会被搁置；0 表示从不",
    "Bury siblings": "同词卡片错开",
    "Show only one card of a word a day": "同一个词每天只出现一张卡片",
    "Pass fail": "只分对错",
    "Two answers instead of four: again and good": "只有两个答案：重来和记得",
    "Grade from front": "看题即评",
    "The answer keys work before the answer is shown": "不显示答案也能直接评分",
    "Answer timer": "答题计时",
    "Show the seconds since the question": "显示看题后过去的秒数",
    "Goal reviews": "每天答题目标",
    "Answers a day you aim at; 0 for none": "每天想答多少题；0 表示没有目标",
    "Goal minutes": "每天时间目标",
    "Minutes a day you aim at; 0 for none": "每天想学多少分钟；0 表示没有目标",
    "Language": "语言",
    "Language of the app; auto follows the terminal": "应用的语言；auto 跟随终端",
    "Theme": "主题",
    "dark, light, or one of Textual's themes": "dark（深色）、light（浅色），或 Textual 的其他主题",
    "Tone colours": "声调颜色",
    "Colours of tones; learnfeed's stay apart for colour-blind eyes": "声调的颜色；learnfeed 的配色色盲者也能分辨",
    "Pictures": "图片",
    "Pictures of posts in the terminal, from the next start on; needs learnfeed[pictures]": (
        "在终端里显示帖子的图片，下次启动起生效；需要 learnfeed[pictures]"
    ),
    "Show or hide the post's picture": "显示或隐藏帖子的图片",
    "Pictures are off: set pictures to on with , and start learnfeed again.": (
        "图片已关闭：按 , 把 pictures 设为 on，再重新启动 learnfeed。"
    ),
    'Pictures need an extra: pip install "learnfeed[pictures]", then start learnfeed again.': (
        '显示图片要另装一个组件：pip install "learnfeed[pictures]"，再重新启动 learnfeed。'
    ),
    "Pictures show from the next start of learnfeed on.": "下次启动 learnfeed 起显示图片。",
    "No picture of this post is on this machine.": "本机没有这篇帖子的图片。",
    "The picture {name} is gone.": "图片 {name} 不见了。",
    "The picture {name} is too large to be shown.": "图片 {name} 太大，无法显示。",
    "The picture {name} is broken or of a kind that can't be shown.": "图片 {name} 已损坏，或是无法显示的格式。",
    # fitting the schedule
    "Fit the schedule to my memory": "让日程适合我的记忆",
    "Working it out …": "正在计算……",
    "In use for {n} cards; u takes it back.": "已用于 {n} 张卡片；按 u 撤销。",
    "Fits FSRS to your own answers. It has to foretell your latest answers better than what is in use; only "
    "then it is offered. Due days stay as they are. ⏎ works it out.": (
        "根据你自己的回答拟合 FSRS。只有对最近的回答预测得比现有参数更准，才会提供给你。到期日不变。按 ⏎ 计算。"
    ),
    "{n} answers tell something so far; a fit needs {least}. Nothing was changed.": (
        "目前有 {n} 次回答可用；拟合需要 {least} 次。没有改动任何东西。"
    ),
    "{n} answers, judged on the latest {held}: log loss {before} in use, {after} fitted (less is better).": (
        "共 {n} 次回答，以最近 {held} 次检验：对数损失 现用 {before}，拟合 {after}（越小越好）。"
    ),
    "y takes it into use.": "按 y 采用。",
    "What is in use foretells no worse.": "现用参数的预测并不更差。",
}
