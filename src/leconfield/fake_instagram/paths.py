"""Parts of paths: versions and the ids of objects, so that pages for people may stand beside the API."""

from __future__ import annotations

from typing import ClassVar

from starlette.convertors import Convertor, register_url_convertor


class Version(Convertor[str]):
    """`v26.0`."""

    regex: ClassVar[str] = r"v[0-9]+\.[0-9]+"

    def convert(self, value: str) -> str:
        """As it stands."""
        return value

    def to_string(self, value: str) -> str:
        """As it stands."""
        return value


class Node(Version):
    """`me`, or digits."""

    regex: ClassVar[str] = r"me|[0-9]+"


def register() -> None:
    """Make them known to the router."""
    register_url_convertor("version", Version())
    register_url_convertor("node", Node())
