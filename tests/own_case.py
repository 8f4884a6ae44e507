"""A case of the kit as somebody's own: in a folder with another name, by which its files call it, too."""

import re
import shutil

from medialit.files import data_path


def copy_of(story, place, name="our-story", without=()):
    """The folder of a copy of this case, without these files."""
    folder = shutil.copytree(data_path(story), place / name)
    for path in (folder / "case.yaml", *folder.glob("coding/frames-*.yaml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(rf"^(name|case): {story}$", rf"\1: {name}", text, flags=re.M), encoding="utf-8")
    for file in without:
        (folder / file).unlink()
    return folder
