"""How long Lute 3 takes to bring in a text and to open it. Needs ``lute3`` and ``lute3-mandarin``, and nothing of ours.

``python peer_lute.py TEXT...`` prints JSON: seconds to start, and medians over the texts to add one and to open its
first page (what its own browser page asks of it, without the browser).
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    """Measures."""
    texts = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yml"
        config.write_text(f"ENV: prod\nDBNAME: lute.db\nDATAPATH: {folder}\n", "utf-8")
        began = time.perf_counter()
        from lute.app_factory import create_app
        from lute.db import db
        from lute.language.service import Service
        from lute.models.book import Book

        app = create_app(str(config), {"WTF_CSRF_ENABLED": False, "TESTING": True})
        started = time.perf_counter() - began
        added, opened = [], []
        with app.app_context():
            language = Service(db.session).load_language_def("Mandarin Chinese")
            client = app.test_client()
            for number, text in enumerate(texts):
                began = time.perf_counter()
                form = {
                    "language_id": str(language),
                    "title": f"t{number}",
                    "text": text,
                    "threshold_page_tokens": "250",
                    "split_by": "paragraphs",
                }
                answer = client.post("/book/new", data=form)
                added.append(time.perf_counter() - began)
                assert answer.status_code == 302, answer.status
                book = db.session.query(Book).filter_by(title=f"t{number}").one()
                began = time.perf_counter()
                page = client.get(f"/read/start_reading/{book.id}/1")
                opened.append(time.perf_counter() - began)
                assert page.status_code == 200
                assert b'class="' in page.data
        print(
            json.dumps({"start": started, "add": statistics.median(added), "open": statistics.median(opened)})
        )


if __name__ == "__main__":
    main()
