"""Fixtures of the browser tests: one desk for all that only read, and seats for officers, with scripts or without."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.e2e import house, worked
from tests.e2e.house import WIDE, Seat
from tests.web.browser import CHROMIUM

Seats = Callable[..., Seat]
Theme = Literal["light", "dark"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is long and drives a browser; without one it is skipped."""
    missing = pytest.mark.skip(reason=f"there is no {CHROMIUM}; install the package chromium")
    for item in items:
        if "tests/e2e" not in item.path.as_posix():
            continue
        item.add_marker(pytest.mark.long)
        item.add_marker(pytest.mark.browser)
        if not Path(CHROMIUM).exists():
            item.add_marker(missing)


@pytest.fixture(scope="session")
def desk_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk") / "desk"
    house.build(folder)
    return folder


@pytest.fixture(scope="session")
def reading_site(desk_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The desk that everybody only reads; a few days' work was done on it, so that no page of it is empty."""
    folder = tmp_path_factory.mktemp("reading") / "desk"
    shutil.copytree(desk_folder, folder)
    worked.work(folder)
    with house.served(folder) as address:
        yield address


@pytest.fixture
def site(reading_site: str) -> str:
    """Where `seat` sits. Modules that act put a desk of their own here, see `acting_site`."""
    return reading_site


@pytest.fixture(scope="module")
def acting_site(desk_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A fresh copy of the desk, for one module to act upon."""
    folder = tmp_path_factory.mktemp("acting") / "desk"
    shutil.copytree(desk_folder, folder)
    with house.served(folder) as address:
        yield address


@pytest.fixture
def seat(browser: Browser, site: str) -> Iterator[Seats]:
    """`seat("emma")` signs in; `seat()` does not; `scripts=False` `size=` as one likes. The console stays calm."""
    opened = []
    seats = []

    def take(
        name: str = "", *, scripts: bool = True, size: tuple[int, int] = WIDE, zoom: float = 1, theme: Theme = "light"
    ) -> Seat:
        width, height = (round(each / zoom) for each in size)
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            device_scale_factor=zoom,
            color_scheme=theme,
            reduced_motion="reduce",
        )
        opened.append(context)
        made = house.seated(context, site)
        seats.append(made)
        if name:
            made.sign_in(name)
        return made

    yield take
    complaints = [each for one in seats for each in one.complaints]
    for context in opened:
        context.close()
    assert not complaints, complaints
