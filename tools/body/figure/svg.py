"""Write a drawing as a small SVG file whose colours are CSS variables."""

from __future__ import annotations

from .ink import WIDTH, Drawing

# class -> attributes. Fallbacks are the light theme of the app.
SKIN, EDGE, INK = "var(--skin,#ECD3BF)", "var(--skin-edge,#8A5A44)", "var(--pic-ink,#5F3A2B)"
TOOL, ON_TOOL = "var(--action,#1F5C57)", "var(--pic-tool-edge,#123B38)"
SUNKEN, LINE = "var(--sunken,#F1E9DB)", "var(--line-strong,#8C7B6D)"
STROKE = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
STYLES = {
    "plane": f'fill="{SUNKEN}"',
    "plane1": 'fill="var(--pic-wall,#E7DCCB)"',
    "prop": 'fill="var(--pic-prop,#DCCFBC)"',
    "prop1": 'fill="var(--pic-prop-2,#CDBEA8)"',
    "prop2": 'fill="var(--pic-soft,#F6F0E4)"',
    "body": f'fill="{SKIN}"',
    "garment": 'fill="var(--pic-cloth,#B9B2A6)"',
    "partner": 'fill="var(--action-soft,#CFE0D9)"',
    "partner1": 'fill="var(--pic-sleeve,#9DBDB5)"',
    "tool": f'fill="{TOOL}"',
    "tool1": 'fill="var(--pic-tool-2,#34756F)"',
    "shade": 'fill="var(--pic-shade,#4A2618)" fill-opacity=".16"',
    "tool-shade": 'fill="var(--pic-shade,#4A2618)" fill-opacity=".3"',
    "prop-line": f'{STROKE} stroke="{LINE}" stroke-width="2.5"',
    "hem-line": f'{STROKE} stroke="{INK}" stroke-width="2" stroke-opacity=".55"',
    "body-line": f'{STROKE} stroke="{INK}" stroke-width="4.5"',
    "partner-line": f'{STROKE} stroke="{TOOL}" stroke-width="4.5"',
    "tool-line": f'{STROKE} stroke="{ON_TOOL}" stroke-width="3.5"',
    "tool-hidden": f'fill="{TOOL}" fill-opacity=".3" stroke="{TOOL}" stroke-width="3.5" stroke-dasharray="9 8"',
    "crease": f'{STROKE} stroke="{INK}" stroke-width="3.2" stroke-opacity=".85"',
    "arrow": f'{STROKE} stroke="{TOOL}" stroke-width="8"',
    "spot": f'fill="none" stroke="{TOOL}" stroke-width="5"',
    "spot-core": f'fill="{TOOL}"',
    "floor": f'{STROKE} stroke="{LINE}" stroke-width="4"',
}


def text(drawing: Drawing) -> str:
    """The file. The drawing is one group with the id ``p``, so that a page can use it by reference."""
    height = drawing.frame.height_units
    body = "".join(f'<path {STYLES[name]} d="{path}"/>' for name, path in drawing.layers if path)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"><g id="p">{body}</g></svg>\n'
