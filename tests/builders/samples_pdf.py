"""Small PDF files for tests that need a document and do not care which."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas


def small_pdf(text: str, pages: int = 2) -> bytes:
    """A PDF of ``pages`` pages that say ``text``."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(300, 400), invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(40, 300, f"{text} {number}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()
