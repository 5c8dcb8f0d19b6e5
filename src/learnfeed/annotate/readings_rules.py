"""Readings that grammar settles where the model has seen too little: 两只猫, 还你钱, 没得奖, 悄悄地走.

The model learned from an encyclopaedia and from sentences in which each reading stands only a few times;
what people write to each other has the rarer one far more often. Each rule speaks of a character that is a
word by itself, and of what stands right beside it. Sources: Lü Shuxiang (ed.) 1999, 现代汉语八百词, under 得, 地,
过, 还, 为, 只; 现代汉语词典, 7th edition, for the readings.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from learnfeed.annotate.heteronyms import Context, Word

_REACH = 8
"""How many characters before a character are looked at."""
_END = r"(?:[，。！？；,.!?;…~～\s\x03]|$)"
_NUMBER = "[一二两三四五六七八九十百千几每这那哪半数多0-9]"
_PRONOUN = "[我你您他她它谁咱]"
_ASPECT = "[了着过]"


class Rule(NamedTuple):
    """A reading, and what must stand before and after the character (regular expressions)."""

    reading: str
    before: re.Pattern[str]
    after: re.Pattern[str]


def _rule(reading: str, before: str = "", after: str = "") -> Rule:
    return Rule(reading, re.compile(rf"(?:{before})\Z"), re.compile(rf"(?:{after})"))


RULES: dict[str, tuple[Rule, ...]] = {
    "个": (_rule("ge5", "一"),),
    "只": (
        _rule("zhi1", _NUMBER),
        _rule("zhi1", "[有养买来了是]", "[小大老黑白花]?[猫狗鸟鸭鸡羊虫猪牛兔鼠熊鹅蚊]"),
    ),
    "还": (
        _rule("huan2", "", f"[给清债书钱](?!是|有|在|没|不)|{_PRONOUN}们?(?:的|钱|书|{_END})"),
        _rule("huan2", "[要用得想能该没去来先]", f"了?[吗吧呢]?{_END}|{_NUMBER}|钱|款|完|你|我"),
        _rule("huan2", "时候|[天年月]", _END),
    ),
    "为": (_rule("wei4", "", rf"{_PRONOUN}们?(?!所)(?!的)[^，。！？,.!?]"),),
    "教": (
        _rule("jiao1", f"{_PRONOUN}们?|没|不"),
        _rule(
            "jiao1", "", f"{_PRONOUN}|大家|学生|孩子|{_ASPECT}|会|给|得|书|语文|数学|英语|中文|汉语|怎么|一"
        ),
    ),
    "数": (
        _rule("shu4", "", "[百千万十]"),
        _rule("shu3", "", f"{_ASPECT}|到|一数|一遍|钱|完|不清|得清|羊|星星|手指|起来"),
    ),
    "弹": (_rule("tan2", "", f"{_ASPECT}|得|一|起|回|开|出|钢琴|吉他|琵琶|古筝|琴|奏|唱"),),
    "扇": (
        _rule("shan4", _NUMBER),
        _rule("shan1", "", f"{_ASPECT}|扇子|风|起|动|耳光|巴掌"),
    ),
    "划": (_rule("hua2", "", "着|船|桨|水|拳|得来|不来"),),
    "系": (_rule("ji4", "", "鞋|领带|领结|安全带|带子|围巾|围裙|上|好|紧|着|一下|了"),),
    "盛": (_rule("cheng2", "", "好|饭|汤|菜|粥|满|出|着|了|碗|[一两半几]|点|在"),),
    "当": (
        _rule("dang4", "把[^，。！？,.!?]{1,6}"),
        _rule("dang1", "", "老师|医生|妈妈|爸爸|班长|兵|主播|老板|过"),
    ),
    "长": (
        _rule(
            "chang2",
            "[很太最更真挺超]|非常|特别|这么|那么|比较|有点|不够|越来越",
            f"的|{_END}|了{_END}",
        ),
        _rule(
            "zhang3",
            "[^很太最更真挺超多]",
            "得[很太真不像漂好帅丑]|出|满|了[一二两三四五六七八九十几]|胖|高了|痘|牙",
        ),
    ),
    "种": (
        _rule("zhong3", _NUMBER + "|[各某此该多同]"),
        _rule("zhong4", "", f"{_ASPECT}|菜|花|树|草|地|田|瓜|豆|水稻|小麦|玉米|土豆|葡萄|在|下|出|满"),
    ),
    "重": (_rule("chong2", "", "[写做拍考来选看读听建走发装启画抄新回](?!的|得)"),),
    "量": (_rule("liang2", "", "一下|一量|体温|身高|血压|尺寸"),),
    "卡": (_rule("qia3", "[^0-9一二两三四五六七八九十张银行信用]", "在|住"),),
    "冲": (_rule("chong4", "", rf"(?:着)?{_PRONOUN}们?[^，。！？,.!?]"),),
    "和": (_rule("huo2", "", "面(?:[，。！？的时要]|$)|泥|稀泥"),),
    "待": (_rule("dai1", "", "一会|会儿|在|了|着|过|[一两三几]|不住|不下去"),),
    "削": (_rule("xiao1"),),
    "扎": (_rule("za1", "", "成|头发|辫|马尾|丸子|[个两]"),),
    "看": (_rule("kan1", "", "孩子|门|家|摊|羊|瓜|宝宝|护"),),
    "落": (
        _rule(
            "la4",
            "把[^，。！？,.!?]{1,7}",
            "在(?:了)?(?:家|车|出租车|地铁|教室|学校|公司|办公室|宿舍|桌|店|酒店)",
        ),
        _rule("la4", "", "下了|东西"),
    ),
    "背": (_rule("bei1", "", f"着|起|书包|{_PRONOUN}|孩子|了一个|了个"),),
    "咽": (_rule("yan4", "", "不?下|了|口水|不了"),),
    "干": (_rule("gan1", "[很太]|非常|有点|晾|擦|吹|晒|烘", f"的|了|{_END}"),),
    "中": (_rule("zhong4", "[看猜打抽投选说射押]", f"了|{_END}"),),
    "散": (_rule("san3", "鞋带|头发|带子", "了|开|着"),),
    "转": (_rule("zhuan4", "", "得|着|圈|[一两几]圈|了[一两几]?圈|个[圈不]|个?不停"),),
    "丧": (_rule("sang4", "[太很好真]", f"了|的|{_END}"),),
    "得": (),
    "地": (),
    "过": (),
}
"""By character; the first rule that fits decides. Empty where a function below looks at parts of speech."""

_WORN = ("n", "a", "m", "r", "b")
"""Parts of speech of what may follow 穿着 as an object."""
_DEGREES = frozenset("像很太更")
_DIRECTIONS = {"过来": ("guo4", "lai5"), "过去": ("guo4", "qu5")}
USUAL = {
    "大夫": ("dai4", "fu5"),
    "发卡": ("fa4", "qia3"),
    "分量": ("fen4", "liang5"),
    "告诉": ("gao4", "su5"),
    "故事": ("gu4", "shi5"),
    "多少": ("duo1", "shao5"),
    "生意": ("sheng1", "yi5"),
    "本事": ("ben3", "shi5"),
    "人家": ("ren2", "jia5"),
    "得罪": ("de2", "zui5"),
    "裁缝": ("cai2", "feng5"),
}
"""Words whose usual reading is one that the dictionary or the corpora have second."""
_UNUSUAL = {
    "发卡": (("fa1", "ka3"), re.compile("银行|机构|公司|信用|行$|方"), re.compile("银行|机构|行|方|量|组织")),
    "多少": (("duo1", "shao3"), re.compile(r"(?!)"), re.compile("有[些点]")),
    "分量": (("fen1", "liang4"), re.compile("向量|矢量|[xyzXYZ]$"), re.compile("[和与]?[xyzXYZ]|为零")),
}
"""What stands before or after a word that makes it the other one: 银行发卡, 多少有些, 速度的x分量."""
_AUXILIARIES = frozenset("没不未曾要想会能可才先已各就也都又没有可以应该必须已经容易是有在去来怎么这么")
_HELPERS = frozenset(["没有", "可以", "应该", "必须", "已经", "容易", "怎么", "这么", "不想", "不会", "从来"])
_COUNTED = re.compile("[0-9二三四五六七八九十两几百千万]")
"""What is got is counted: 拍卖得三百万."""
_GOT = frozenset({"了", "过", "到"})
_MANNER = ("a", "d", "z", "i", "v", "l", "b")
_ACTION = ("v", "p", "d", "a")


def ruled(context: Context, at: int) -> str:
    """The reading that a rule gives a character which is a word by itself; empty where none fits.

    Args:
        context: The text.
        at: The place of the character.
    """
    char = context.char(at)
    if char not in RULES or len(context.words[context.word_at[at]].text) != 1:
        return ""
    particle = PARTICLES.get(char)
    if particle is not None:
        return particle(*_beside(context, at))
    before = context.before(at, _REACH)
    after = context.after(at, _REACH)
    return next((r.reading for r in RULES[char] if r.before.search(before) and r.after.match(after)), "")


def ruled_word(context: Context, at: int) -> tuple[str, ...]:
    """The reading that a rule gives the word at a place: 跑过去 has a light qù, 穿着拖鞋 is no attire.

    Args:
        context: The text.
        at: The place of its first character.
    """
    before, after = _beside(context, at)
    word = context.words[context.word_at[at]].text
    if word == "起来":
        return ("qi3", "lai5")
    if word == "穿着":
        return _dressed(before, after)
    if word in USUAL:
        return _usual(context, at, word)
    follows = before is not None and (before.pos.startswith("v") or before.text == "了")
    return _DIRECTIONS.get(word, ()) if follows and before and not _is_helper(before.text) else ()


def _dressed(before: Word | None, after: Word | None) -> tuple[str, ...]:
    """穿着: wearing something, or what someone wears (chuānzhuó) where nothing worn follows."""
    if after is not None and after.pos.startswith(_WORN):
        return ("chuan1", "zhe5")
    is_noun = (
        after is None
        or after.text in {"打扮", "得体"}
        or (before is not None and before.text in {"的", "讲究"})
    )
    return ("chuan1", "zhuo2") if is_noun or (after is not None and after.pos == "x") else ()


def _usual(context: Context, at: int, word: str) -> tuple[str, ...]:
    if word in _UNUSUAL:
        other, before, after = _UNUSUAL[word]
        if before.search(context.before(at, _REACH)) or after.match(
            context.after(at + len(word) - 1, _REACH)
        ):
            return other
    return USUAL[word]


def _beside(context: Context, at: int) -> tuple[Word | None, Word | None]:
    number = context.word_at[at]
    words = context.words
    return words[number - 1] if number else None, words[number + 1] if number + 1 < len(words) else None


def _is_helper(word: str) -> bool:
    return word in _AUXILIARIES or word in _HELPERS


def _get_or_particle(before: Word | None, after: Word | None) -> str:
    """得: dé with what is got after it, de after a verb or adjective."""
    if before is None or after is None or _COUNTED.match(after.text):
        return ""
    if after.text in _GOT:
        return "" if before.pos.startswith("v") else "de2"
    if before.text in {"没", "没有", "曾", "先", "各"}:
        return "de2"
    if after.text in _DEGREES and not _is_helper(before.text):
        return "de5"
    describes = before.pos.startswith(("v", "a", "z", "i")) and not _is_helper(before.text)
    return "de5" if describes else ""


def _manner(before: Word | None, after: Word | None) -> str:
    """地: de between the manner and the action."""
    if before is None or after is None or not after.pos.startswith(_ACTION):
        return ""
    text = before.text
    doubled = len(text) > 1 and (text[-1] == text[-2] or (len(text) == 4 and text[0] == text[1]))
    return "de5" if doubled or (len(text) > 1 and before.pos.startswith(_MANNER)) else ""


def _experience(before: Word | None, _: Word | None) -> str:
    """过: guo without a tone after the verb whose experience it is."""
    if before is None or _is_helper(before.text) or not before.pos.startswith("v"):
        return ""
    return "guo5"


PARTICLES: dict[str, Callable[[Word | None, Word | None], str]] = {
    "得": _get_or_particle,
    "地": _manner,
    "过": _experience,
}
