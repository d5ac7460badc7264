"""Reads Dutch sentences word by word into English ones, which can then be reckoned with."""

import re
from functools import cache

from django.utils import translation

from contracts.explanations import SENTENCES

NAMED = re.compile(r"%\((\w+)\)s")
UNITS = {"maanden": "months", "maand": "month", "ongeveer": "about", "uur": "hours"}
MARKS = str.maketrans(".,", ",.")


def in_english(said):
    """Keep the amounts beside the sentences, and take the numbers out of the Dutch words."""
    return [(english(text), amount) for text, amount in said]


def english(text):
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    for pattern, template in templates():
        if found := pattern.fullmatch(text):
            return template % {name: word(words) for name, words in found.groupdict().items()}
    raise AssertionError(f"no sentence of ours: {text}")


@cache
def templates():
    """Both languages of each sentence, those with the most words of their own first."""
    with translation.override("nl"):
        dutch = {code: str(sentence) for code, sentence in SENTENCES.items()}
    with translation.override("en"):
        both = [(dutch[code], str(sentence)) for code, sentence in SENTENCES.items()]
    both.sort(key=lambda each: -len(NAMED.sub("", each[0])))
    return [(as_pattern(template), sentence) for template, sentence in both]


def as_pattern(template):
    literal = NAMED.split(template)
    parts = [
        f"(?P<{part}>.+?)" if number % 2 else re.escape(part) for number, part in enumerate(literal)
    ]
    return re.compile("".join(parts).replace("%%", "%"), re.DOTALL)


def word(words):
    """Turn the marks of a Dutch number around, and name its unit in English."""
    words = words.replace("€ ", "€")
    words = re.sub(r"\d[\d.,]*\d", lambda number: number[0].translate(MARKS), words)
    return re.sub(r"[a-z]+", lambda found: UNITS.get(found[0], found[0]), words)
