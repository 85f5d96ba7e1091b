"""Cuts Liberation Sans (SIL OFL 1.1) to the scripts that exports promise, and gives it a name of its own, as its licence asks.

Debian's packages fonts-liberation2, python3-fonttools and python3-brotli hold what it needs:

    /usr/bin/python3 media/fonts/cut.py /usr/share/fonts/truetype/liberation2 media/fonts && npm run format

Beside the fonts it writes how wide each of their characters is (widths.json): layouts are made without the font at hand.
"""

import json
import math
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# Latin with its extensions, Greek, Cyrillic, punctuation, currencies, arrows, shapes.
UNICODES = (
    "0020-007E,00A0-024F,0259,02BC,02C6,02C7,02D8-02DD,0300-0304,0306-030C,0323,0327,0328,0370-03FF,0400-052F,1E00-1EFF,"
    "2010-2027,202F-205E,20A0-20BF,2100-214F,2190-2199,2212,2248,2260,2264,2265,25A0-25FF"
)
NAME = "Incident Playbooks Sans"


def main(source: Path, target: Path) -> None:
    advances: dict[str, dict[int, int]] = {}
    for style in ("Regular", "Bold"):
        font = TTFont(source / f"LiberationSans-{style}.ttf")
        # The same input gives the same bytes.
        font.recalcTimestamp = False
        options = subset.Options()
        options.hinting = False
        # Layouts reckon with the width of each letter by itself, and reading pairs takes a writer of PDF half of its time.
        options.layout_features = []
        options.drop_tables += ["GPOS", "GSUB", "GDEF", "kern"]
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
        options.notdef_outline = True
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=subset.parse_unicodes(UNICODES))
        cutter.subset(font)
        for record in font["name"].names:
            text = {1: NAME, 3: f"{NAME} {style}", 4: f"{NAME} {style}", 6: f"IncidentPlaybooksSans-{style}"}.get(record.nameID)
            if text:
                font["name"].setName(text, record.nameID, record.platformID, record.platEncID, record.langID)
        name = f"incident-playbooks-sans-{style.lower()}"
        font.flavor = None
        font.save(target / f"{name}.ttf")
        font.flavor = "woff2"
        font.save(target / f"{name}.woff2")
        advances[style] = widths(font)
    runs = [
        {"first": first, "regular": [advances["Regular"][point] for point in range(first, last + 1)],
         "bold": [advances["Bold"][point] for point in range(first, last + 1)]}
        for first, last in ranges(sorted(advances["Regular"]))
    ]
    (target / "widths.json").write_text(json.dumps(runs, indent=2) + "\n")


def widths(font: TTFont) -> dict[int, int]:
    """The advance width of each character in thousandths of the font size, rounded up."""
    unit = font["head"].unitsPerEm
    return {point: math.ceil(font["hmtx"][glyph][0] * 1000 / unit) for point, glyph in font.getBestCmap().items()}


def ranges(points: list[int]) -> list[list[int]]:
    """Code points in order, as first and last of each unbroken run."""
    runs: list[list[int]] = []
    for point in points:
        if runs and runs[-1][1] == point - 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return runs


main(Path(sys.argv[1]), Path(sys.argv[2]))
