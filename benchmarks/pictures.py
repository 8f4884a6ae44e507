"""Take the pictures of the README anew: the course view at 1280 px, light and dark, as small PNG files.

Usage: python benchmarks/pictures.py [folder]
"""

from __future__ import annotations

import sys
import tempfile
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
from lab import CHROMIUM, FLAGS, PATIENCE, WATCH, Lab, set_theme
from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
READY = """name => {
  const panel = window.jupyterapp?.shell?.currentWidget;
  return panel?.context?.path.endsWith(name) && panel.node.matches('.medialit-page:not(.medialit-busy)');
}"""
# Name of the file, page, section in the course panel, theme.
PICTURES = (
    ("lesson", "notebooks/01-quotes", "Three parts", "light"),
    ("desk", "exercises/02-claims", "2.4", "light"),
    ("quiz", "notebooks/01-quotes", "Quiz", "dark"),
)


def take(page: Page, lab: Lab, target: Path, name: str, section: str, theme: str) -> None:
    """One picture of a section of a page."""
    page.goto(f"{lab.address}/lab/tree/{lab.folder.name}/{name}.ipynb?token=tok&reset", timeout=PATIENCE)
    page.wait_for_function(READY, arg=f"{name}.ipynb", timeout=PATIENCE)
    set_theme(page, theme)
    page.locator(".medialit-sections button", has_text=section).click()
    block = page.locator(".medialit-page .ml-block:visible").first
    if section == "2.4":
        block.get_by_role("button", name="Search").wait_for()
        block.get_by_label("Leave the story: search for").fill("January speech")
        block.get_by_role("button", name="Search").click()
        block.locator(".ml-results button").first.click()
        block.scroll_into_view_if_needed()
    elif section == "Quiz":
        block.locator("input[type=radio]").first.click()
        block.get_by_role("button", name="Check").click()
        block.locator(".ml-said").wait_for()
    page.mouse.move(0, 0)
    page.wait_for_timeout(800)
    picture = Image.open(BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(64).save(target, optimize=True)


def main() -> None:
    """Take all pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        lab = Lab(Path(place), plain=False)
        try:
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            context.add_init_script(WATCH)
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            for name, where, section, theme in PICTURES:
                target = folder / f"{name}.png"
                take(page, lab, target, where, section, theme)
                print(f"{target.name}: {target.stat().st_size // 1000} KB")
        finally:
            lab.stop()
            browser.close()


if __name__ == "__main__":
    main()
