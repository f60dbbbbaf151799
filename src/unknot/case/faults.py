"""What can be wrong with a case document, gathered so that a person sees every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from unknot import messages

_MOST_FAULTS = 100  # a document with more is not a case at all; looking up near ids for each would only take time
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: the path of the field (``answers.worse_with[1]``) and a message id with its parameters."""

    path: str
    id: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The fault as an English sentence, without the path."""
        return messages.render(self.id, self.params)

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class CaseError(ValueError):
    """A document that is not a case. ``faults`` holds all that was found, in the order of reading."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class Faults:
    """The faults found so far. Raises CaseError by itself once there are too many to be worth reading on."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    def add(self, path: str, kind: str, **params: Any) -> None:
        """Notes one fault; ``kind`` is the last part of the message id ``case.fault.<kind>``."""
        self._found.append(Fault(path=path, id=f"case.fault.{kind}", params=params))
        if len(self._found) == _MOST_FAULTS:
            raise CaseError(self._found)

    def add_unknown(self, path: str, kind: str, given: str, known: Iterable[str]) -> None:
        """Notes an id that is not in the vocabulary, with the one that looks most like it."""
        shown = given[:_LONGEST_SHOWN]
        self.add(path, kind, given=messages.verbatim(shown), nearest=nearest(shown, known))

    def finish(self) -> None:
        """Raises CaseError if anything was found."""
        if self._found:
            raise CaseError(self._found)


def nearest(given: str, known: Iterable[str]) -> str:
    """The known id that looks most like the given one (difflib ratio; the first of equals)."""
    from difflib import get_close_matches  # only when something is misspelt: it takes milliseconds to import

    return get_close_matches(given.lower(), list(known), n=1, cutoff=0.0)[0]
