"""What all tests share: Hypothesis never looks at the clock, and there is one browser a process.

A driver keeps its event loop running in the process that started it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from tests import common
from tests.web.browser import chromium

settings.register_profile("unhurried", settings.get_profile(settings.get_current_profile_name()), deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def _common_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    common.find(tmp_path_factory)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started
