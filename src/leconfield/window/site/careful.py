"""What a template gets for a name that it was not handed: an error; of a key that a component leaves out: nothing."""

from __future__ import annotations

from typing import Any

from jinja2 import ChainableUndefined, Undefined
from jinja2.exceptions import UndefinedError
from jinja2.utils import missing


class Careful(ChainableUndefined):
    """Strict for variables and for attributes of our objects; the optional parameters of components may be left out.

    The components of `govuk_frontend_jinja` ask for keys of dictionaries that they were not given.
    """

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[Exception] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)  # type: ignore[arg-type]
        if obj is not missing and not isinstance(obj, dict | str | Undefined):
            self._fail_with_undefined_error()
