#!/usr/bin/env python3
"""usage: pictures TARGET PICTURE…   Copy pictures into the folder TARGET with a palette of their own: half the size."""

import sys
from pathlib import Path

from PIL import Image

COLOURS = 255


def reduce(source: Path, target: Path) -> None:
    """Write ``source`` as an indexed PNG; screens and pages of text have few colours, nobody sees the difference."""
    with Image.open(source) as picture:
        indexed = picture.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    indexed.save(target, optimize=True)


def main(target: Path, *pictures: Path) -> None:
    """Reduce all and say how large the folder has become."""
    target.mkdir(parents=True, exist_ok=True)
    for picture in pictures:
        reduce(picture, target / picture.name)
    size = sum(path.stat().st_size for path in target.glob("*.png"))
    sys.stdout.write(f"{len(pictures)} pictures in {target}, {size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
