"""Labels: who may read a fact, as Apache Accumulo access expressions (`S&OP.HEATHER&(TEAM.A3|SOURCE-DESK)`).

Monotone and without negation: holding more tokens never hides a fact. `&` and `|` may not be mixed without
brackets; the empty expression is visible to everybody. Grammar: apache/accumulo-access, SPECIFICATION.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from leconfield.errors import BadInputError

Tokens = frozenset[str]
"""What a reader holds: clearance tiers, compartments, teams."""

MAX_LENGTH = 4096
MAX_DEPTH = 64

_BARE = r"[A-Za-z0-9_\-.:/]+"
_LEXEME = re.compile(rf'(?P<bare>{_BARE})|"(?P<quoted>(?:[^"\\]|\\["\\])+)"|(?P<mark>[&|()])')
_ALL_BARE = re.compile(_BARE)


class LabelError(BadInputError):
    """An access expression that does not parse. Fails closed: nothing is stored or shown under it."""


@dataclass(frozen=True, slots=True)
class Token:
    """One thing a reader must hold."""

    name: str

    def admits(self, tokens: Tokens) -> bool:
        """Whether somebody who holds `tokens` may read."""
        return self.name in tokens

    def __str__(self) -> str:
        if _ALL_BARE.fullmatch(self.name):
            return self.name
        return '"' + self.name.replace("\\", "\\\\").replace('"', '\\"') + '"'


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must be held (`&`). No parts: visible to everybody."""

    parts: tuple[Expression, ...]

    def admits(self, tokens: Tokens) -> bool:
        """Whether somebody who holds `tokens` may read."""
        return all(part.admits(tokens) for part in self.parts)

    def __str__(self) -> str:
        return "&".join(_bracketed(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part is enough (`|`)."""

    parts: tuple[Expression, ...]

    def admits(self, tokens: Tokens) -> bool:
        """Whether somebody who holds `tokens` may read."""
        return any(part.admits(tokens) for part in self.parts)

    def __str__(self) -> str:
        return "|".join(_bracketed(part) for part in self.parts)


Expression = Token | AllOf | AnyOf
EVERYBODY = AllOf(())


def _bracketed(part: Expression) -> str:
    return str(part) if isinstance(part, Token) else f"({part})"


def _lexemes(text: str) -> Iterator[tuple[str, str, int]]:
    at = 0
    while at < len(text):
        found = _LEXEME.match(text, at)
        if found is None:
            raise LabelError(f'label "{text}", character {at + 1}: {text[at]!r} is not allowed here')
        kind = found.lastgroup or ""
        value = found[kind]
        if kind == "quoted":
            value = re.sub(r"\\(.)", r"\1", value)
        yield ("mark" if kind == "mark" else "token", value, at)
        at = found.end()


class _Parser:
    """Recursive descent over the lexemes of one expression."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lexemes = list(_lexemes(text))
        self._at = 0

    def expression(self, depth: int = 0) -> Expression:
        if depth > MAX_DEPTH:
            raise LabelError(f"label nests more than {MAX_DEPTH} brackets deep; write it flatter")
        parts = [self._term(depth)]
        mark = self._next_mark()
        if mark not in ("&", "|"):
            return parts[0]
        while (following := self._next_mark()) in ("&", "|"):
            if following != mark:
                raise self._error("& and | may not be mixed without brackets")
            self._at += 1
            parts.append(self._term(depth))
        return AllOf(tuple(parts)) if mark == "&" else AnyOf(tuple(parts))

    def end(self) -> None:
        if self._at < len(self._lexemes):
            raise self._error("something is left over")

    def _term(self, depth: int) -> Expression:
        if self._at == len(self._lexemes):
            raise self._error("a token is missing at the end")
        kind, value, _ = self._lexemes[self._at]
        self._at += 1
        if kind == "token":
            return Token(value)
        if value != "(":
            self._at -= 1
            raise self._error(f"a token is missing before {value!r}")
        inner = self.expression(depth + 1)
        if self._next_mark() != ")":
            raise self._error("a closing bracket is missing")
        self._at += 1
        return inner

    def _next_mark(self) -> str | None:
        if self._at == len(self._lexemes):
            return None
        kind, value, _ = self._lexemes[self._at]
        return value if kind == "mark" else "token"

    def _error(self, why: str) -> LabelError:
        place = self._lexemes[self._at][2] + 1 if self._at < len(self._lexemes) else len(self._text)
        return LabelError(f'label "{self._text}", character {place}: {why}')


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """The expression that `text` writes.

    Raises:
        LabelError: with the place of the fault.
    """
    if len(text) > MAX_LENGTH:
        raise LabelError(f"label of {len(text)} characters; {MAX_LENGTH} at most")
    if not text:
        return EVERYBODY
    parser = _Parser(text)
    expression = parser.expression()
    parser.end()
    return expression


def admits(text: str, tokens: Tokens) -> bool:
    """Whether the label `text` admits a reader who holds `tokens`; a label that does not parse admits nobody."""
    try:
        return parse(text).admits(tokens)
    except LabelError:
        return False


def as_known(text: str, tokens: Tokens) -> str:
    """The label as somebody who holds `tokens` and is admitted by it may read it: no token that he does not hold."""
    expression = _known_part(parse(text), tokens)
    return "" if expression is None else str(expression)


def _known_part(expression: Expression, tokens: Tokens) -> Expression | None:
    if isinstance(expression, Token):
        return expression if expression.name in tokens else None
    parts = [known for part in expression.parts if (known := _known_part(part, tokens)) is not None]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else type(expression)(tuple(parts))


def tokens_in(expression: Expression) -> Tokens:
    """Every token the expression names."""
    if isinstance(expression, Token):
        return frozenset({expression.name})
    return frozenset(token for part in expression.parts for token in tokens_in(part))


def all_of(labels: Iterable[str]) -> str:
    """The label of something that was derived from every one of `labels` (their join), in canonical form."""
    parts: set[Expression] = set()
    for label in labels:
        expression = parse(label)
        parts.update(expression.parts if isinstance(expression, AllOf) else (expression,))
    return _canonical(parts, AllOf)


def any_of(labels: Iterable[str]) -> str:
    """The label of something that each one of `labels` alone would give (alternative derivations)."""
    parts: set[Expression] = set()
    for label in labels:
        expression = parse(label)
        if expression == EVERYBODY:
            return ""
        parts.update(expression.parts if isinstance(expression, AnyOf) else (expression,))
    return _canonical(parts, AnyOf)


def _canonical(parts: set[Expression], kind: type[AllOf | AnyOf]) -> str:
    ordered = sorted(parts, key=str)
    return str(ordered[0]) if len(ordered) == 1 else str(kind(tuple(ordered)))
