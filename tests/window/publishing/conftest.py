"""One fake for a module, one window for a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crash.killing import quick_folder
from tests.fake_instagram.serving import Faked
from tests.window.publishing.scene import Scene, before, serving


@pytest.fixture(scope="module")
def fake() -> Iterator[Faked]:
    with serving() as found:
        yield found


@pytest.fixture
def scene(fake: Faked) -> Iterator[Scene]:
    with quick_folder() as folder, before(fake, folder) as found:
        yield found
