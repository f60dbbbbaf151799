"""Rendering: an id and its parameters become a sentence, or a clear error, never a raw id."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unknot import messages
from unknot.messages import MessageError, render
from unknot.messages.template import fill


def filled(template: str, **params: Any) -> str:
    return fill("test.id", template, params, messages.render)


@dataclass(frozen=True)
class Nested:
    id: str
    params: dict[str, Any] = field(default_factory=dict)


def test_text_numbers_and_message_ids_stand_in_their_places() -> None:
    assert filled("{name} on the {side}, {n} times", name="It", side="@side.left", n=2) == "It on the left, 2 times"


@pytest.mark.parametrize(
    ("number", "text"),
    [(30.0, "30"), (2.5, "2.5"), (0.1 + 0.2, "0.3"), (-0.001, "0"), (1200, "1200"), (7.25, "7.25")],
)
def test_numbers_are_written_as_people_write_them(number: float, text: str) -> None:
    assert filled("{n}", n=number) == text


@pytest.mark.parametrize(
    ("items", "text"), [(["a"], "a"), (["a", "b"], "a and b"), (("a", "@side.left", 3), "a, left and 3")]
)
def test_a_list_is_joined_as_in_speech(items: Any, text: str) -> None:
    assert filled("{items}", items=items) == text


def test_one_and_many_have_their_own_words() -> None:
    assert [filled("{n} {n|day|days}", n=n) for n in (0, 1, 1.0, 2)] == ["0 days", "1 day", "1 day", "2 days"]


def test_a_place_at_the_start_of_a_sentence_gets_a_capital() -> None:
    assert filled("{^what} helps.", what="heat") == "Heat helps."


def test_a_message_inside_a_message_brings_its_own_parameters() -> None:
    assert (
        filled("Go {how}.", how=Nested("list.last", {"others": "slowly", "last": "gently"})) == "Go slowly and gently."
    )


@pytest.mark.parametrize("value", [True, None, float("nan"), float("inf"), [], [True], {}, b"x", object()])
def test_a_value_that_cannot_be_read_out_is_refused(value: Any) -> None:
    with pytest.raises(MessageError, match=r"test\.id"):
        filled("{value}", value=value)


def test_a_missing_parameter_names_the_message_and_the_parameter() -> None:
    with pytest.raises(MessageError, match=r"list\.last needs last, others"):
        render("list.last")


@pytest.mark.parametrize(
    "id", ["", "side", "side.", "side.up", "nowhere.at_all", "side.left.x", "../en/sides", "@side.left"]
)
def test_an_unknown_id_is_an_error_that_names_it(id: str) -> None:
    with pytest.raises(MessageError) as fault:
        render(id)
    assert repr(id) in str(fault.value)


def test_an_unknown_id_inside_a_parameter_is_an_error_too() -> None:
    with pytest.raises(MessageError, match=r"region\.nowhere_at_all"):
        filled("{where}", where="@region.nowhere_at_all")


@pytest.mark.parametrize("template", ["{", "}", "{}", "{A}", "{a b}", "{n|one}", "{n|a|b|c}", "{{n}}"])
def test_a_stray_brace_is_an_error_in_the_template(template: str) -> None:
    with pytest.raises(MessageError, match="brace"):
        filled(template, n=1)


@pytest.mark.parametrize("lang", ["de", "xx-YY", "", "..", "../messages/en", "/"])
def test_a_language_without_the_message_is_read_in_english(lang: str) -> None:
    assert render("side.left", lang=lang) == "left"
    assert not messages.ids(lang)


@given(st.text(max_size=30) | st.text(alphabet="@{}n", max_size=5))
def test_text_from_outside_is_read_neither_as_a_template_nor_as_an_id(value: str) -> None:
    assert filled("<{value}>", value=messages.verbatim(value)) == f"<{value}>"


def test_another_language_brings_what_it_has(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for lang, text in (
        ("en", '[a]\nx = "one"\ny = "two"\n[list]\nlast = "{others} & {last}"\ncomma = ", "\n'),
        ("de", '[a]\nx = "eins"\n'),
    ):
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "a.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(messages, "_FOLDER", tmp_path)
    for cached in (messages._tables, messages._read, messages._all):
        monkeypatch.setattr(messages, cached.__name__, cached.__wrapped__)
    assert messages.languages() == ("en", "de")
    assert [render(id, lang="de") for id in ("a.x", "a.y")] == ["eins", "two"]
    assert messages.ids("de") == {"a.x"}
    assert messages.catalogue("de")["a.y"] == "two"
