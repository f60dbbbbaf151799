"""Put the figures of proofs/detection.json into docs/benchmarks/detection.md, so that the page cannot drift from them.

The page is written by hand around the marks ``<!-- figures: NAME -->`` ... ``<!-- /figures -->``; what stands between
them comes from here. ``python tools/figures.py`` writes it; the proof ``detection`` does so after it has measured.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from unknot.messages import render

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "benchmarks" / "detection.md"
PROOF = ROOT / "proofs" / "detection.json"
_MARKED = re.compile(r"(<!-- figures: (\w+) -->\n).*?(<!-- /figures -->)", re.DOTALL)


def page(result: dict[str, Any]) -> str:
    """The page with the figures of a result of the proof."""

    def between(found: re.Match[str]) -> str:
        name = found[2]
        inner = _about(result) if name == "about" else _table(name, result["rows"][name])
        return f"{found[1]}{inner}{found[3]}"

    return _MARKED.sub(between, PAGE.read_text(encoding="utf-8"))


def write(result: dict[str, Any]) -> None:
    """Write the page."""
    PAGE.write_text(page(result), encoding="utf-8")


def _about(result: dict[str, Any]) -> str:
    return (
        f"{result['people']} people of seed {result['seed']}; generator `{result['generator'][:16]}`; "
        f"knowledge `{result['knowledge'][:16]}`. {render('lab.machine', result['machine'])}\n"
    )


def _table(section: str, rows: list[dict[str, Any]]) -> str:
    lines = [
        "| What | Value | 95 % interval or range | n | Bar | | Others on the same input |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        unit, bar = row["unit"], row.get("bar", {})
        interval = " to ".join(_written(end, unit) for end in row.get("interval", ()))
        limit = "; ".join(f"{'≥' if key == 'at_least' else '≤'} {_written(at, unit)}" for key, at in bar.items())
        others = "; ".join(
            f"{render(f'lab.compared.{key}')} {_written(value, unit)}"
            for key, value in sorted(row.get("compared", {}).items())
        )
        verdict = {None: "", True: "met", False: "**not met**"}[row.get("passed")]
        value = "not measured" if row["value"] is None else _written(row["value"], unit)
        name = render(f"lab.row.{section}.{row['id']}")
        lines.append(f"| {name} | {value} | {interval} | {row.get('of', '')} | {limit} | {verdict} | {others} |")
    return "\n".join(lines) + "\n"


def _written(value: float, unit: str) -> str:
    match unit:
        case "share":
            return f"{100.0 * value:.1f} %"
        case "error":
            return f"{value:.0e}"
        case "number":
            return f"{value:.3f}"
        case "points":
            return f"{value:.1f} points"
        case "ms":
            return f"{value:.3g} ms"
        case "ratio":
            return f"{value:.2f}"
        case _:
            return f"{value:g}"


if __name__ == "__main__":
    write(json.loads(PROOF.read_text())["result"])
