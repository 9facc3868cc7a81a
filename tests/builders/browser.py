"""A real Chromium without a window, with a profile of its own, as it stands in a cyber-cafe."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

WORDS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-proxy-server",
)
PATIENCE = 30


def chromium() -> tuple[str, str]:
    """Find the browser and its driver; where the whole check runs they must be there."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser and driver:
        return browser, driver
    missing = "Chromium is missing: apt-get install chromium chromium-driver"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


class Browser:
    """One window and the folder into which it saves."""

    def __init__(self, chrome: Chrome, saved: Path) -> None:
        self.chrome = chrome
        self.saved = saved

    def opens(self, address: str) -> None:
        self.chrome.get(address)

    def sends(self, path: Path | None) -> None:
        """Choose a file and press the button, as a clerk does."""
        if path is not None:
            self.chrome.find_element(By.CSS_SELECTOR, "input[type=file]").send_keys(str(path))
        self.follows("button")

    def follows(self, selector: str) -> None:
        """Press what leads to another page, and wait until that one is there."""
        before = self.measures("performance.timeOrigin")
        self.chrome.find_element(By.CSS_SELECTOR, selector).click()
        # between two pages the browser may answer with an error of its own
        wait = WebDriverWait(self.chrome, PATIENCE, ignored_exceptions=(WebDriverException,))
        wait.until(lambda _: self.measures("performance.timeOrigin") != before and self._whole())

    def _whole(self) -> bool:
        return self.measures("document.readyState") == "complete" and self.has("main")

    def saves(self, name: str) -> bytes:
        """Press the button that saves, and wait for the whole file."""
        self.chrome.find_element(By.CSS_SELECTOR, "a.button").click()
        path = self.saved / name
        WebDriverWait(self.chrome, PATIENCE).until(lambda _: path.exists() and path.stat().st_size > 0)
        data = path.read_bytes()
        path.unlink()
        return data

    def reads(self, selector: str = "main") -> str:
        return self.chrome.find_element(By.CSS_SELECTOR, selector).text

    def has(self, selector: str) -> bool:
        return bool(self.chrome.find_elements(By.CSS_SELECTOR, selector))

    def resizes(self, width: int, height: int) -> None:
        """Give the page itself this size."""
        self.chrome.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )

    def dims(self, scheme: str, *, contrast: bool = False) -> None:
        """Ask for light or dark, as the system of the PC does."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        features.append({"name": "prefers-contrast", "value": "more" if contrast else "no-preference"})
        self.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def measures(self, expression: str) -> object:
        """Ask the browser about the page it shows."""
        return self.chrome.execute_script(f"return {expression}")

    def complaints(self) -> list[str]:
        """What the browser's console says of the page: a broken policy, something that did not load."""
        return [entry["message"] for entry in self.chrome.get_log("browser")]

    def shoots(self, path: Path) -> None:
        self.chrome.save_screenshot(str(path))


@contextmanager
def browser(folder: Path, language: str = "id", *, scripts: bool = False) -> Iterator[Browser]:
    """Start a Chromium whose profile and downloads lie in `folder`; scripts of pages are off."""
    program, driver = chromium()
    saved = folder / "unduhan"
    saved.mkdir(parents=True)
    options = ChromeOptions()
    options.binary_location = program
    for word in WORDS:
        options.add_argument(word)
    if os.name == "posix" and os.getuid() == 0:
        options.add_argument("--no-sandbox")
    options.add_argument(f"--user-data-dir={folder / 'profil'}")
    options.add_argument(f"--accept-lang={language}")
    options.add_experimental_option(
        "prefs",
        {
            "download.default_directory": str(saved),
            "intl.accept_languages": language,
            "profile.managed_default_content_settings.javascript": 1 if scripts else 2,
        },
    )
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = Chrome(options=options, service=Service(driver))
    try:
        yield Browser(chrome, saved)
    finally:
        chrome.quit()
