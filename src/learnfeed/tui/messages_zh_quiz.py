"""Quizzes and the voice in Chinese; see :mod:`learnfeed.tui.messages`."""

from __future__ import annotations

QUIZ = {
    # keys
    "Questions about the words of this post": "测验这篇帖子里的词",
    "Show the answer of a question that is typed": "显示要输入的答案",
    "hear": "听",
    "Hear the word or the sentence that stands here": "听这里的词或句子",
    "hear the sentence": "听句子",
    "Hear the whole sentence": "听整个句子",
    "picture": "图片",
    "Open the picture": "打开图片",
    "press enter to hear it again": "按回车再听一遍",
    "press v to hear it again": "按 v 再听一遍",
    "a picture of the post": "帖子的图片",
    "press p to open the picture": "按 p 打开图片",
    # ways to be asked
    "translating sentences": "翻译句子",
    "replying to comments": "回复评论",
    "listening": "听力",
    "dictation": "听写",
    "words for a picture": "看图选词",
    "writing in English": "写英语",
    # questions
    "Type the word in Chinese.": "用汉字写出这个词。",
    "Type the word in English.": "用英语写出这个词。",
    "Say it in English, as the post does.": "照帖子里的说法，用英语说。",
    "What does it say? Type it in English.": "这句话是什么意思？用英语写出来。",
    "What does it say? Type it in Chinese.": "这句话是什么意思？用中文写出来。",
    "What would you reply? In one language, or in both.": "你会怎么回复？用一种语言，或中英双语。",
    "What does the word you hear mean?": "你听到的词是什么意思？",
    "Write what you hear.": "写下你听到的。",
    "The same letters, other tones: which reading has this meaning?": "拼音相同、声调不同：哪个读音是这个意思？",
    # verdicts
    "the right word in another form": "词对了，词形不同",
    "that means the same; the post has another word": "意思一样，帖子里用的是另一个词",
    "that is what you heard; write it in hanzi": "听对了，请写成汉字",
    "now compare it with the real reply": "现在和真正的回复比一比",
    "rated by yourself": "自己评定",
    "you": "你",
    "post": "帖子",
    "reply": "回复",
    "both say: {words}": "都说了：{words}",
    "means the same": "意思一样",
    "another form": "词形不同",
    "may be left out": "可有可无",
    "in another place": "位置不同",
    "is missing": "缺",
    "is too much": "多了",
    "another word": "用词不同",
    "in part": "一部分",
    "well said": "说得好",
    # what is not there
    "Press c and choose something else.": "按 c 选择别的内容。",
    "The voice is off: set voice to auto in the settings.": "朗读已关闭：请在设置中把 voice 设为 auto。",
    "There is no voice on this machine. Install espeak-ng (apt install espeak-ng, brew install espeak-ng), "
    "or put a voice of piper into {folder}.": (
        "这台电脑上没有可用的语音。请安装 espeak-ng（apt install espeak-ng、brew install espeak-ng），"
        "或把 piper 的语音放进 {folder}。"
    ),
    "There is no program here that opens pictures: install xdg-utils, and start learnfeed on a desktop.": (
        "这里没有能打开图片的程序：请安装 xdg-utils，并在桌面环境中启动 learnfeed。"
    ),
    # settings
    "The language you learn from your posts": "你从帖子里学的语言",
    "What reads aloud: the best voice of this machine, or the one named": (
        "用什么朗读：这台电脑上最好的语音，或指定的一个"
    ),
    "Let answers of a quiz count as reviews of cards that are due": "测验的回答算作到期卡片的复习",
}
