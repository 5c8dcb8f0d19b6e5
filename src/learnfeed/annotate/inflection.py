"""Base forms of English words: a table of irregular ones, and rules checked against frequent words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from learnfeed.annotate.function_words import FUNCTION_WORDS

_IRREGULAR_GROUPS = """
be am is are was were been being|have has had having|do does did done doing|go goes went gone going
say said|make made|take took taken|come came|see saw seen|get got gotten|know knew known|think thought
give gave given|find found|tell told|become became|leave left|feel felt|bring brought
begin began begun beginning|keep kept|hold held|write wrote written|stand stood|hear heard|let letting
mean meant|meet met|run ran running|pay paid|sit sat sitting|speak spoke spoken|lie lay lain lying
lead led|read reading|grow grew grown|lose lost|fall fell fallen|send sent|build built
understand understood|draw drew drawn|break broke broken|spend spent|cut cutting|rise rose risen
drive drove driven|buy bought|wear wore worn|choose chose chosen|catch caught|teach taught|fight fought
throw threw thrown|sell sold|eat ate eaten|drink drank drunk|sing sang sung|swim swam swum swimming
ride rode ridden|fly flew flown flies|forget forgot forgotten|sleep slept|win won winning
wake woke woken|steal stole stolen|hide hid hidden|freeze froze frozen|shake shook shaken
bite bit bitten|blow blew blown|shoot shot|shine shone|ring rang rung|tear tore torn|wind wound
stick stuck|strike struck stricken|swear swore sworn|sweep swept|hang hung|hurt hurting|hit hitting
put putting|set setting|shut shutting|quit quitting|feed fed|bleed bled|breed bred|dig dug|deal dealt
dream dreamt|burn burnt|learn learnt|smell smelt|spell spelt|spoil spoilt|kneel knelt|light lit
lend lent|bend bent|seek sought|sink sank sunk|spin spun|spring sprang sprung|stink stank stunk
swell swollen|swing swung|weep wept|bind bound|bear bore borne|beat beaten|child children|man men
woman women|person people persons|foot feet|tooth teeth|mouse mice|goose geese|leaf leaves|knife knives
wife wives|life lives|half halves|shelf shelves|wolf wolves|thief thieves|loaf loaves|potato potatoes
tomato tomatoes|hero heroes|grandchild grandchildren|snowman snowmen|good better best|bad worse worst
far further furthest|little less least|many more most|big bigger biggest|hot hotter hottest
large larger largest|small smaller smallest|old older oldest elder eldest|young younger youngest
long longer longest|short shorter shortest|high higher highest|low lower lowest|new newer newest
cheap cheaper cheapest|fast faster fastest|slow slower slowest|strong stronger strongest
weak weaker weakest|easy easier easiest|happy happier happiest|pretty prettier prettiest
early earlier earliest|late later latest|cold colder coldest|warm warmer warmest|cool cooler coolest
hard harder hardest|great greater greatest|near nearer nearest|close closer closest|nice nicer nicest
cute cuter cutest|thin thinner thinnest|fat fatter fattest|tall taller tallest|deep deeper deepest
wide wider widest|rich richer richest|poor poorer poorest|busy busier busiest|heavy heavier heaviest
light lighter lightest|tasty tastier tastiest|spicy spicier spiciest|sweet sweeter sweetest
snow snowed snowing|travel travelled travelling traveled traveling|die dying|tie tying|panic panicked
"""
_IRREGULAR = {
    form: base
    for group in _IRREGULAR_GROUPS.strip().replace("\n", "|").split("|")
    for base, *forms in [group.split()]
    for form in forms
}
_UNCHANGED_WORDS = """
evening nothing something anything everything during news always perhaps besides sometimes across
less this his its us yes gas plus thus bus series species means physics mathematics politics
economics ceiling red bed need feed speed seed weed deed indeed hundred wedding pudding interesting
boring wedding darling sibling earring viking shed sled bored tired used various previous serious
glasses clothes thanks fireworks
"""
_UNCHANGED = frozenset(_UNCHANGED_WORDS.split())


def _stripped(form: str) -> list[str]:
    """Possible base forms of a regular inflection, most likely first."""
    if form.endswith("ies") and len(form) > 4:
        return [form[:-3] + "y", form[:-1]]
    if form.endswith("es") and len(form) > 4 and form[-3] in "sxzho":
        return [form[:-2], form[:-1]]
    if form.endswith("s") and form[-2:-1] not in ("s", "u", "i", ""):
        return [form[:-1]]
    if form.endswith("ied") and len(form) > 4:
        return [form[:-3] + "y"]
    for ending in ("ing", "ed"):
        stem = form.removesuffix(ending)
        if stem != form and len(stem) > 1 and re.search("[aeiouy]", stem):
            doubled = [stem[:-1]] if stem[-1] == stem[-2] and stem[-1] not in "aeiou" else []
            return [*doubled, stem + "e", stem]
    return []


def base_form(form: str, zipf: Mapping[str, float]) -> str:
    """The lemma of an English word by our own rules, checked against a list of frequent words.

    Args:
        form: A word in lower case.
        zipf: Log frequency (0–8) of English words; a base form is believed when it is not much
            rarer than the inflected form.
    """
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    if form in _UNCHANGED or form in FUNCTION_WORDS or len(form) < 4:
        return form
    candidates = [c for c in _stripped(form) if len(c) > 1 and c in zipf]
    best = max(candidates, key=lambda c: zipf[c], default=form)
    return best if best != form and zipf[best] >= zipf.get(form, 0.0) - 1.3 else form


def guessed_base(form: str) -> str:
    """The likely lemma of a word no list knows: only plain plurals and ``'s`` are undone."""
    if len(form) > 4 and form.endswith("s") and form[-2] not in "suia":
        return form[:-1]
    return form
