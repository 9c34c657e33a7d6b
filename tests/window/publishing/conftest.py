"""One fake for a module, one window for a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fake_instagram.serving import Faked
from tests.window.publishing.scene import Scene, before, serving


@pytest.fixture(scope="module")
def fake() -> Iterator[Faked]:
    with serving() as found:
        yield found


@pytest.fixture
def scene(fake: Faked, tmp_path: Path) -> Iterator[Scene]:
    with before(fake, tmp_path) as found:
        yield found
