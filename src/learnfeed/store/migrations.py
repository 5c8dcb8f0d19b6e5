"""The library's schema, as append-only steps. A released step is never edited; add a new one below."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

migrations = Migrations("learnfeed")


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Applies what is missing up to a version, each step in a transaction of its own, and notes the version."""
    database = Database(connection)
    later = [step.name for step in migrations.pending(database) if int(step.name[1:4]) > version]
    migrations.apply(database, stop_before=later)
    connection.execute(f"PRAGMA user_version = {int(version)}")


@migrations()
def m001_posts(db: Database) -> None:
    """Posts as they were saved, and where from."""
    db.conn.execute(
        "CREATE TABLE import_run (id INTEGER PRIMARY KEY, started_at INTEGER NOT NULL, finished_at INTEGER)"
    )
    db.conn.execute(
        """CREATE TABLE source (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, format TEXT NOT NULL,
            imported_at INTEGER NOT NULL, UNIQUE (sha256, format))"""
    )
    db.conn.execute(
        """CREATE TABLE post (
            id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, created_ms INTEGER NOT NULL UNIQUE,
            changed_at INTEGER NOT NULL, run_id INTEGER NOT NULL,
            title TEXT NOT NULL, line TEXT NOT NULL, english TEXT NOT NULL, author TEXT NOT NULL,
            platform TEXT NOT NULL, posted TEXT NOT NULL, level INTEGER NOT NULL, likes INTEGER NOT NULL,
            likes_raw TEXT NOT NULL, tags TEXT NOT NULL, comments INTEGER NOT NULL, picture TEXT NOT NULL)"""
    )
    db.conn.execute("CREATE INDEX post_by_run ON post (run_id)")
    db.conn.execute("CREATE INDEX post_by_level ON post (level, id)")
    db.conn.execute("CREATE INDEX post_by_likes ON post (likes DESC, id)")
    db.conn.execute("CREATE TABLE post_data (post_id INTEGER PRIMARY KEY, data BLOB NOT NULL)")
    db.conn.execute(
        """CREATE TABLE post_source (source_id INTEGER NOT NULL, hash TEXT NOT NULL, post_id INTEGER NOT NULL,
            PRIMARY KEY (source_id, hash)) WITHOUT ROWID"""
    )
    db.conn.execute("CREATE INDEX post_source_by_post ON post_source (post_id, source_id)")
    db.conn.execute(
        "CREATE TABLE annotation (post_id INTEGER PRIMARY KEY, version TEXT NOT NULL, data BLOB NOT NULL)"
    )
    db.conn.execute(
        "CREATE TABLE post_tag (tag TEXT NOT NULL, post_id INTEGER NOT NULL, PRIMARY KEY (tag, post_id)) WITHOUT ROWID"
    )


@migrations()
def m002_words(db: Database) -> None:
    """The vocabulary, which post holds which word, and how much of each post is known."""
    db.conn.execute(
        """CREATE TABLE word (
            id INTEGER PRIMARY KEY, headword TEXT NOT NULL UNIQUE, status TEXT NOT NULL DEFAULT 'new',
            level INTEGER NOT NULL DEFAULT 0, created_ms INTEGER NOT NULL UNIQUE, changed_at INTEGER NOT NULL)"""
    )
    db.conn.execute("CREATE INDEX word_by_status ON word (status, id)")
    db.conn.execute(
        """CREATE TABLE post_word (word_id INTEGER NOT NULL, post_id INTEGER NOT NULL, count INTEGER NOT NULL,
            PRIMARY KEY (word_id, post_id)) WITHOUT ROWID"""
    )
    db.conn.execute("CREATE INDEX post_word_by_post ON post_word (post_id, word_id, count)")
    # share in thousandths. fit: best near 97 % known with few new words; a finished post falls behind
    # all others. Virtual columns with an index keep ranking 100,000 posts one indexed query.
    db.conn.execute(
        """CREATE TABLE coverage (
            post_id INTEGER PRIMARY KEY, running INTEGER NOT NULL, known INTEGER NOT NULL, learning INTEGER NOT NULL,
            new_words INTEGER NOT NULL, level INTEGER NOT NULL, read_at INTEGER,
            share INTEGER GENERATED ALWAYS AS (CASE running WHEN 0 THEN 1000 ELSE known * 1000 / running END) VIRTUAL,
            fit INTEGER GENERATED ALWAYS AS (
                1000 - CASE WHEN running = 0 THEN 900
                            WHEN known * 1000 / running < 970 THEN 970 - known * 1000 / running
                            ELSE (known * 1000 / running - 970) * 8 END
                     - min(new_words, 60) * 3 - level * 24 - CASE WHEN read_at IS NULL THEN 0 ELSE 4000 END) VIRTUAL)"""
    )
    db.conn.execute("CREATE INDEX coverage_by_fit ON coverage (fit DESC, post_id)")
    db.conn.execute("CREATE INDEX coverage_by_share ON coverage (share)")


@migrations()
def m003_events(db: Database) -> None:
    """What the learner did: append-only; undo is an event too."""
    db.conn.execute(
        """CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL,
            undoes INTEGER UNIQUE REFERENCES event (id))"""
    )
    db.conn.execute(
        """CREATE TRIGGER event_is_kept BEFORE DELETE ON event
            BEGIN SELECT raise(ABORT, 'events are append-only'); END"""
    )
    db.conn.execute(
        """CREATE TRIGGER event_is_final BEFORE UPDATE ON event
            BEGIN SELECT raise(ABORT, 'events are append-only'); END"""
    )


@migrations()
def m004_reviews(db: Database) -> None:
    """Cards with their derived schedule, and the review log."""
    db.conn.execute(
        """CREATE TABLE card (
            id INTEGER PRIMARY KEY, word_id INTEGER NOT NULL REFERENCES word (id), template TEXT NOT NULL,
            post_id INTEGER, section INTEGER NOT NULL DEFAULT 0, start INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'new', due INTEGER NOT NULL,
            interval INTEGER NOT NULL DEFAULT 0, step INTEGER NOT NULL DEFAULT 0, reps INTEGER NOT NULL DEFAULT 0,
            lapses INTEGER NOT NULL DEFAULT 0, stability REAL, difficulty REAL, last_review INTEGER,
            suspended INTEGER NOT NULL DEFAULT 0, buried_until INTEGER NOT NULL DEFAULT 0,
            flag INTEGER NOT NULL DEFAULT 0, UNIQUE (word_id, template))"""
    )
    db.conn.execute("CREATE INDEX card_by_due ON card (state, due) WHERE NOT suspended")
    db.conn.execute(
        """CREATE TABLE review (
            at INTEGER PRIMARY KEY, card_id INTEGER NOT NULL REFERENCES card (id),
            event_id INTEGER REFERENCES event (id),
            rating INTEGER NOT NULL, took INTEGER NOT NULL, state TEXT NOT NULL, interval INTEGER NOT NULL,
            last_interval INTEGER NOT NULL, difficulty REAL NOT NULL, source TEXT NOT NULL)"""
    )
    db.conn.execute("CREATE INDEX review_by_card ON review (card_id, at)")
    db.conn.execute(
        """CREATE VIEW standing_review AS SELECT r.* FROM review r
            WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.undoes = r.event_id)"""
    )


@migrations()
def m005_search(db: Database) -> None:
    """Full-text search over hanzi (one token each), pinyin without and with tones, and English."""
    db.conn.execute(
        """CREATE VIRTUAL TABLE post_search USING fts5 (
            hanzi, pinyin, toned, english, author, tokenize = 'unicode61 remove_diacritics 0', detail = full)"""
    )


@migrations()
def m006_notes(db: Database) -> None:
    """What notes said when they were last exported."""
    db.conn.execute(
        """CREATE TABLE note_content (
            guid TEXT PRIMARY KEY, hash TEXT NOT NULL, changed_at INTEGER NOT NULL, post_id INTEGER,
            section INTEGER NOT NULL, start INTEGER NOT NULL, templates TEXT NOT NULL) WITHOUT ROWID"""
    )


@migrations()
def m007_interest(db: Database) -> None:
    """Authors and topics of which the learner finishes posts, and how much that lifts each post."""
    db.conn.execute("CREATE TABLE liking (name TEXT PRIMARY KEY, finished INTEGER NOT NULL) WITHOUT ROWID")
    db.conn.execute("CREATE INDEX post_by_author ON post (author)")
    db.conn.execute("CREATE INDEX post_tag_by_post ON post_tag (post_id, tag)")
    db.conn.execute("ALTER TABLE coverage ADD COLUMN interest INTEGER NOT NULL DEFAULT 0")
    # At most as much as 40 thousandths of share: interest orders posts that fit alike, it never hides fit.
    db.conn.execute(
        "ALTER TABLE coverage ADD COLUMN rank INTEGER GENERATED ALWAYS AS (fit + min(interest, 40)) VIRTUAL"
    )
    db.conn.execute("CREATE INDEX coverage_by_rank ON coverage (rank DESC, post_id)")
    db.conn.execute("DROP INDEX coverage_by_fit")


@migrations()
def m008_fitted_parameters(db: Database) -> None:
    """FSRS parameters fitted to the learner's own history; the last one that was not undone is in use."""
    db.conn.execute(
        """CREATE TABLE fitted (
            event_id INTEGER PRIMARY KEY REFERENCES event (id), parameters TEXT NOT NULL, reviews INTEGER NOT NULL,
            loss_before REAL NOT NULL, loss_after REAL NOT NULL)"""
    )


@migrations()
def m009_corrections(db: Database) -> None:
    """Corrections are looked up among all the reviews, and outdated annotations among all posts."""
    db.conn.execute("CREATE INDEX event_by_kind ON event (kind, id)")
    db.conn.execute("CREATE INDEX annotation_by_version ON annotation (version)")


@migrations()
def m010_note_texts(db: Database) -> None:
    """What a learner may mend in Anki, as it was exported: reading, meaning, translation of a word."""
    db.conn.execute("ALTER TABLE note_content ADD COLUMN said TEXT NOT NULL DEFAULT ''")


@migrations()
def m011_stale_posts(db: Database) -> None:
    """Posts that a correction has overtaken, with its event, until they are annotated again."""
    db.conn.execute("CREATE TABLE stale (post_id INTEGER PRIMARY KEY, event_id INTEGER NOT NULL)")


@migrations()
def m012_english(db: Database) -> None:
    """English words of posts, and how much of each post's English is known, for who learns it."""
    db.conn.execute("ALTER TABLE post ADD COLUMN english_level INTEGER NOT NULL DEFAULT 0")
    db.conn.execute("CREATE INDEX post_by_english_level ON post (english_level, id)")
    db.conn.execute(
        """CREATE TABLE english_word (word_id INTEGER NOT NULL, post_id INTEGER NOT NULL, count INTEGER NOT NULL,
            PRIMARY KEY (word_id, post_id)) WITHOUT ROWID"""
    )
    db.conn.execute("CREATE INDEX english_word_by_post ON english_word (post_id, word_id, count)")
    # As coverage, with bands counted from 11 on.
    db.conn.execute(
        """CREATE TABLE english_coverage (
            post_id INTEGER PRIMARY KEY, running INTEGER NOT NULL, known INTEGER NOT NULL, learning INTEGER NOT NULL,
            new_words INTEGER NOT NULL, level INTEGER NOT NULL, read_at INTEGER, interest INTEGER NOT NULL DEFAULT 0,
            share INTEGER GENERATED ALWAYS AS (CASE running WHEN 0 THEN 1000 ELSE known * 1000 / running END) VIRTUAL,
            rank INTEGER GENERATED ALWAYS AS (
                1000 - CASE WHEN running = 0 THEN 900
                            WHEN known * 1000 / running < 970 THEN 970 - known * 1000 / running
                            ELSE (known * 1000 / running - 970) * 8 END
                     - min(new_words, 60) * 3 - max(level - 10, 0) * 24
                     - CASE WHEN read_at IS NULL THEN 0 ELSE 4000 END + min(interest, 40)) VIRTUAL)"""
    )
    # Their English words follow when posts are annotated again; until then every post is there, unranked.
    db.conn.execute(
        """INSERT INTO english_coverage (post_id, running, known, learning, new_words, level, read_at, interest)
           SELECT post_id, 0, 0, 0, 0, 0, read_at, interest FROM coverage"""
    )
    db.conn.execute("CREATE INDEX english_coverage_by_rank ON english_coverage (rank DESC, post_id)")
    db.conn.execute("CREATE INDEX english_coverage_by_share ON english_coverage (share)")
