"""What the product can do is written down: every command, option, setting, question and verb of the script."""

import argparse
import re
from pathlib import Path

import pytest

from unknot import knowledge
from unknot.cli import parser

ROOT = Path(__file__).parent.parent.parent
COMMAND_LINE = (ROOT / "docs" / "command-line.md").read_text()


def _commands() -> dict[str, argparse.ArgumentParser]:
    action = next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(action.choices)


@pytest.mark.parametrize("command", _commands())
def test_every_command_has_a_heading_in_the_command_line_page(command):
    headings = "\n".join(line for line in COMMAND_LINE.splitlines() if line.startswith("#"))
    assert re.search(rf"`unknot [^`]*\b{command}\b", headings), f"docs/command-line.md has no heading for {command}"


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (name, option)
        for name, command in _commands().items()
        for action in command._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    ],
)
def test_every_option_is_described_in_the_section_of_its_command(command, option):
    sections = re.split(r"^## ", COMMAND_LINE, flags=re.MULTILINE)
    section = next(s for s in sections if re.search(rf"\b{command}\b", s.splitlines()[0]))
    assert f"`{option}" in section, f"docs/command-line.md: {command} does not describe {option}"


def test_every_question_stands_in_the_reference_page():
    page = (ROOT / "docs" / "questions.md").read_text()
    missing = [id for id in knowledge.load().questions if f"`{id}`" not in page]
    assert not missing


def test_the_reference_page_is_what_the_knowledge_says_now():
    from reference import questions_page

    assert (ROOT / "docs" / "questions.md").read_text() == questions_page(), "run: python tools/reference.py"


def test_the_examples_of_the_designers_bench_print_what_their_page_says():
    from reference import design_page

    page = (ROOT / "docs" / "design.md").read_text()
    assert page == design_page(), "run: python tools/reference.py"
    for example in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(compile(example, "docs/design.md", "exec"), {})


def test_the_glossary_and_the_intended_use_say_what_the_app_says():
    from reference import glossary, intended_use

    assert (ROOT / "docs" / "glossary.md").read_text() == glossary(), "run: python tools/reference.py"
    assert (ROOT / "INTENDED_USE.md").read_text() == intended_use(), "run: python tools/reference.py"


def test_every_setting_read_from_the_environment_is_documented():
    used = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"[\"'](UNKNOT_[A-Z_]+)[\"']", path.read_text())
    }
    pages = "\n".join(path.read_text() for path in (ROOT / "docs").glob("*.md"))
    assert not {name for name in used if f"`{name}`" not in pages}


def test_every_verb_of_the_script_is_documented():
    page = (ROOT / "docs" / "contributing.md").read_text()
    for verb in ("setup", "run", "test", "check", "prove"):
        assert f"`python3 dev {verb}`" in page


def test_every_link_between_our_pages_leads_somewhere():
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "INTENDED_USE.md", *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not broken


def test_the_answer_in_the_readme_is_what_the_command_prints_today():
    from reference import readme

    assert (ROOT / "README.md").read_text() == readme(), "run: python tools/reference.py"
