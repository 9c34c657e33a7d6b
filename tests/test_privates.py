"""What begins with an underscore is its owner's: the linter sees to it, and here, that nobody is let off."""

from __future__ import annotations

from pathlib import Path

import leconfield

PACKAGE = Path(leconfield.__file__).parent
OF_LIBRARIES = {"pdf_writer.py", "docx_writer.py", "layout.py"}
"""Writers of files, which reach into reportlab and python-docx where these have no call for it."""


def test_nobody_reaches_into_what_is_private_to_another() -> None:
    let_off = {each.name for each in PACKAGE.rglob("*.py") if "noqa: SLF001" in each.read_text(encoding="utf-8")}
    assert let_off <= OF_LIBRARIES
