"""The Flesch-Kincaid grade of a passage (Kincaid et al. 1975): years of schooling needed to read it."""

from __future__ import annotations

import re

_VOWELS = re.compile(r"[aeiouy]+")
_PLURAL = re.compile(r"\{\w+\|([^|}]*)\|([^}]*)\}")
_PLACE = re.compile(r"\{\^?\w+\}")
NAMES = re.compile(
    r"\b(?:warfarin|heparin|aspirin|ibuprofen|naproxen|paracetamol|lidocaine|insulin|codeine|tramadol|morphine|oxycodone"
    r"|gabapentin|pregabalin|cortisone|Botox|Bechterew's|Marfan|\w+(?:xaban|gatran|grel|grelor|lone|dronate|mab|statin"
    r"|oxacin|ulinum|traline|lopram|oxetine|axine)|duloxetine|lymphoedema|antidepressant|physiotherapist|chemotherapy"
    r"|radiotherapy|(?:ankylosing )?spondylitis|Ehlers-Danlos|haemophilia|von Willebrand disease|ulcerative colitis"
    r"|(?:rheumatoid )?arthritis|psoriasis|cirrhosis|autonomic dysreflexia|emergency (?:department|number))\b",
    re.IGNORECASE,
)
"""Names of medicines, illnesses, callings and of whom to call are what they are; they do not count as hard words."""


def grade(text: str) -> float:
    """0.39 words per sentence + 11.8 syllables per word - 15.59. Syllables are counted by groups of vowels."""
    sentences = [part for part in re.split(r"[.!?:;]+(?:\s|$)", text) if part.strip()]
    words = re.findall(r"[A-Za-z0-9'-]+", text)
    syllables = sum(syllables_of(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def syllables_of(word: str) -> int:
    """Groups of vowels, less the silent endings -e, -es and -ed; at least one."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(_VOWELS.findall(letters))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouycgszx]es$|[^aeiouytd]ed$", letters)
    return max(1, count - 1 if silent else count)


def spoken(template: str) -> str:
    """A template as it is read: a short word for each value and name, the plural of two."""
    return NAMES.sub("it", _PLACE.sub("it", _PLURAL.sub(r"\2", template)))
