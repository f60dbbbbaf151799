"""Make the icons of the app from ``static/icon.svg``: ``python tools/icons.py`` (it draws with the system's Chromium).

A maskable icon may be cut to a circle by the phone, so its sign is drawn smaller on the same ground.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parents[1] / "src" / "unknot" / "app" / "static"
ICONS = {"icon-180": (180, False), "icon-192": (192, False), "icon-512": (512, False), "icon-512-mask": (512, True)}
GROUND = "#FAF5EC"
SQUARE = 'rx="8"'
INSET = 'viewBox="-6 -6 44 44"'


def drawing(square: bool) -> str:
    """The sign; ``square``: to the edges, with room around it."""
    text = (STATIC / "icon.svg").read_text()
    if not square:
        return text
    ground = '<rect x="-6" y="-6" width="44" height="44"'
    return (
        text.replace('viewBox="0 0 32 32"', INSET).replace(SQUARE, "").replace('<rect width="32" height="32"', ground)
    )


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (size, maskable) in ICONS.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            style = f"body{{margin:0;background:{GROUND}}}svg{{width:{size}px;height:{size}px;display:block}}"
            page.set_content(f"<style>{style}</style>" + drawing(maskable or name == "icon-180"))
            page.screenshot(path=STATIC / f"{name}.png", omit_background=not maskable)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
