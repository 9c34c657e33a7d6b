"""Files to take along: how a browser is told to save what it is sent, and never to show it."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

_MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}
"""By the ending of the file's name."""
_BYTES: Final = "application/octet-stream"


def download(content: bytes, name: str, media_type: str = "") -> Response:
    """A file to be saved under that name; `media_type` empty: that of its ending, and of others just bytes."""
    kind = media_type or _MEDIA_TYPES.get(name.rpartition(".")[2], _BYTES)
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
