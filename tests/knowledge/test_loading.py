"""Loading: files become entries by their place, and the whole has one hash."""

from __future__ import annotations

import pytest

from unknot.knowledge import KnowledgeError, load
from unknot.knowledge.load import FOLDER, build, content_hash
from unknot.knowledge.read import files

CONTENTS = files(FOLDER)


def without(name: str) -> dict[str, bytes]:
    return {key: value for key, value in CONTENTS.items() if key != name}


def faults_of(contents: dict[str, bytes]) -> tuple[str, ...]:
    with pytest.raises(KnowledgeError) as caught:
        build(contents)
    return caught.value.faults


def test_the_shipped_knowledge_is_read_once_and_is_the_same_value_again():
    assert load() is load()
    assert load().content_hash == content_hash(CONTENTS)


def test_nothing_of_the_knowledge_can_be_changed():
    with pytest.raises(TypeError):
        load().muscles["new"] = load().muscles["deltoid"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        load().muscles["deltoid"].latin = "x"  # type: ignore[misc]


def test_the_hash_changes_with_any_file_and_not_with_the_order_or_the_line_ends():
    assert content_hash(dict(reversed(CONTENTS.items()))) == load().content_hash
    assert content_hash({k: v.replace(b"\n", b"\r\n") for k, v in CONTENTS.items()}) == load().content_hash
    for name in CONTENTS:
        assert content_hash(CONTENTS | {name: CONTENTS[name] + b"#"}) != load().content_hash


def test_an_entry_that_stands_in_two_files_is_a_fault():
    assert faults_of(CONTENTS | {"tools/more.toml": CONTENTS["tools.toml"]})[0] == (
        "tools/more.toml: fingers: stands in tools.toml: fingers too"
    )


def test_a_file_in_no_known_place_is_a_fault():
    assert faults_of(CONTENTS | {"notes.toml": b""}) == ("notes.toml: no kind of knowledge has this place",)


def test_a_fault_deep_in_a_muscle_names_its_file_and_path():
    text = CONTENTS["muscles/hip.toml"].replace(b"lo = 0.34, hi = 0.45", b'lo = 0.34, hi = "x"')
    assert faults_of(CONTENTS | {"muscles/hip.toml": text})[0] == (
        "muscles/hip.toml: gluteus_medius.priors.lbp_active.hi: must be a number, not 'x'"
    )


def test_faults_of_several_files_come_together():
    broken = CONTENTS | {"tools.toml": b"[fingers]\nsoft = 1", "access.toml": b"= 1"}
    assert {fault.split(":")[0] for fault in faults_of(broken)} == {"tools.toml", "access.toml"}


def test_a_muscle_without_sites_is_a_fault():
    assert any("muscles/x.toml: x.sites" in fault for fault in faults_of(CONTENTS | {"muscles/x.toml": b"[x]"}))


def test_an_exercise_needs_a_regimen_that_exists():
    text = CONTENTS["exercises.toml"] + b'\n[hop]\nkind = "movement"\nregimen = "often"\nsources = []\n'
    assert faults_of(CONTENTS | {"exercises.toml": text}) == (
        "exercises.toml: hop.regimen: must be an id of regimens.toml, not 'often'",
    )


def test_an_exercise_knows_the_muscles_that_name_it_and_the_figures_of_its_regimen():
    knowledge = load()
    clam = knowledge.exercises["clam"]
    assert clam.muscles == ("piriformis",)
    assert clam.dose == knowledge.regimens["strength"].amounts
    assert all(set(ex.muscles) <= knowledge.muscles.keys() for ex in knowledge.exercises.values())


def test_a_question_about_tools_offers_every_tool():
    assert load().questions["tools"].values == tuple(load().tools)
