"""Makes the README's picture out of the real app: ``readme_picture.py OUT.svg``.

A learner who knows HSK 1 and 2 reads a sample post.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from learnfeed.bootstrap import Services
from learnfeed.config import Places, content_folder
from learnfeed.tui.app import LearnfeedApp

SIZE = (104, 30)


async def picture() -> str:
    """Drives the app to the reader; gives back what it shows, as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        services = Services(Places(Path(folder)))
        services.importing.run([content_folder()])
        services.reading.know_levels(2, services.settings.standard)
        app = LearnfeedApp(services)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            app.open_post(services.reading.find("first-snow"))
            await pilot.pause(0.5)
            await pilot.press("enter", "enter", "enter", "t")
            await pilot.pause(0.5)
            shown = app.export_screenshot()
        services.close()
    return shown


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(asyncio.run(picture()), encoding="utf-8")
