"""The Flesch-Kincaid grade of a passage (Kincaid et al. 1975): years of schooling needed to read it."""

from __future__ import annotations

import re

_VOWELS = re.compile(r"[aeiouy]+")


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
