"""Write docs/questions.md: every question with its allowed answers, from the knowledge and the catalogue."""

from itertools import groupby
from pathlib import Path

from unknot import knowledge
from unknot.knowledge.model import Question
from unknot.messages import render

PAGE = Path(__file__).parent.parent / "docs" / "questions.md"

HEAD = """# Every question

Written by `tools/reference.py` from `src/unknot/knowledge/questions/`; do not edit by hand. A key that is missing was
not asked; `null` means "not sure"; neither is ever "no".
"""


def questions_page() -> str:
    """The page as Markdown."""
    questions = sorted(knowledge.load().questions.values(), key=lambda question: question.group)
    parts = [HEAD]
    for group, members in groupby(questions, key=lambda question: question.group):
        parts.append(f"\n## {group.replace('_', ' ')}\n\n| id | asked as | allowed answers |\n|---|---|---|\n")
        parts += [f"| `{q.id}` | {render(f'question.{q.id}.ask')} | {_allowed(q)} |\n" for q in members]
    return "".join(parts)


def _allowed(question: Question) -> str:
    if question.type == "bool":
        return "true, false"
    if question.type == "number":
        return f"{question.min:g} to {question.max:g} {question.unit}"
    joined = ", ".join(f"`{value}`" for value in question.values)
    return ("one of " if question.type == "one_of" else "any of ") + joined


if __name__ == "__main__":
    PAGE.write_text(questions_page())
