"""Write the JSON Schema files of the package from the vocabulary."""

import json
from pathlib import Path

from unknot import knowledge
from unknot.case.schema import case_schema

FOLDER = Path(__file__).parent.parent / "src" / "unknot" / "schemas"


def written() -> dict[str, str]:
    """The text of every schema file by its name."""
    schemas = {"unknot.case.1.json": case_schema(knowledge.load())}
    return {name: json.dumps(schema, indent=1, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    for name, text in written().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
