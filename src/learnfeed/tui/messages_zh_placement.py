"""What the placement test says, in Chinese."""

from __future__ import annotations

PLACEMENT = {
    "What I know": "我的词汇量",
    "go on": "继续",
    "Begin the test; at its end, mark the words as known": "开始测试；结束后把认识的词标为已掌握",
    "Mark all words up to this HSK level as known, without a test": "不测试，直接把该 HSK 等级及以下的词标为已掌握",
    "bring a list": "导入词表",
    "Import a list of words you know: Anki, Pleco, HSK, plain text": "导入已掌握的词表：Anki、Pleco、HSK 或纯文本",
    "I know it": "认识",
    "I know what this word means": "我知道这个词的意思",
    "not yet": "还不会",
    "I don't know it, or it is no word": "不认识，或者根本不是词",
    "Take the last answer back": "收回上一个回答",
    "How many words do you know?": "你认识多少词？",
    "{most} words at most, each answered with yes or no, harder or easier as you answer. Some of them do "
    "not exist: say yes only where you could tell the meaning.": "最多 {most} 个词，只答认识或不认识，难度随回答调整。"
    "其中有些词并不存在：能说出意思的才算认识。",
    "take the test": "开始测试",
    "mark an HSK level as known instead": "直接把一个 HSK 等级标为已掌握",
    "bring a list: Anki, Pleco, HSK, plain text": "导入词表：Anki、Pleco、HSK 或纯文本",
    "about {n} ± {error} words": "约 {n} ± {error} 个词",
    "No result": "没有结果",
    "You said yes to {wrong} of {of} words that do not exist, so nothing can be told. Press u to correct "
    "answers, or esc to leave.": "{of} 个不存在的词里有 {wrong} 个答了认识，无法估计。按 u 改正，或按 esc 离开。",
    "Of the {total} words of the HSK list; off by more than that in one test of twenty. {wrong} of {of} words "
    "that do not exist were taken for known, and the estimate allows for it.": "指 HSK 词表的 {total} 个词；"
    "二十次测试里约有一次误差更大。{of} 个不存在的词里有 {wrong} 个答了认识，估计时已计入。",
    "{n} words are known now": "已掌握 {n} 个词",
    "u in the reader takes it back as one step": "在阅读界面按 u 可一次撤销",
    "marks all words up to {level} as known, and those you knew beyond": "把 {level} 及以下和你另认识的词标为已掌握",
    "marks the words you knew as known": "把你认识的词标为已掌握",
    "Placement test": "词汇量测试",
    "How many words you know, with its error": "你认识多少词，以及误差",
    "find out how many words you know: a short test": "用一个小测试估计自己认识多少词",
    "word test": "词汇测试",
    "Estimate how many words you know": "估计你认识多少词",
}
