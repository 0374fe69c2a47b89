"""GUI tests run on Qt's offscreen platform with the product's own theme."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
