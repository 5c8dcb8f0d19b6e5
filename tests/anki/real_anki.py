"""The real Anki, in whichever version is installed: what the tests ask of it, in one place."""

from __future__ import annotations

from pathlib import Path


def take(col, path: Path, *, progress: bool = True, merge: bool = False):
    """Imports a package as a user would, and gives Anki's log of it.

    Args:
        col: The collection.
        path: The package.
        progress: Whether "Import any learning progress" and presets are ticked.
        merge: Whether note types of the same name are merged.
    """
    from anki import import_export_pb2 as messages

    wanted = {"with_scheduling": progress, "with_deck_configs": progress, "merge_notetypes": merge}
    # Anki 23.10 has no tick of its own for presets: they come with the schedules.
    known = messages.ImportAnkiPackageOptions.DESCRIPTOR.fields_by_name
    options = messages.ImportAnkiPackageOptions(**{k: v for k, v in wanted.items() if k in known})
    request = messages.ImportAnkiPackageRequest(package_path=str(path), options=options)
    return col.import_anki_package(request).log


def export(col, target: Path, *, legacy: bool = False) -> Path:
    """Exports a package with schedules, or for ``.colpkg`` the whole collection."""
    if target.suffix == ".colpkg":
        col.export_collection_package(str(target), include_media=False, legacy=legacy)
        col.reopen(after_full_sync=False)
        return target
    try:
        from anki.collection import ExportAnkiPackageOptions
    except ImportError:  # Anki 23.10
        col.export_anki_package(
            out_path=str(target), limit=None, with_scheduling=True, with_media=False, legacy_support=legacy
        )
        return target
    options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, legacy=legacy)
    col.export_anki_package(out_path=str(target), options=options, limit=None)
    return target


def is_new_fsrs() -> bool:
    """Whether Anki computes by FSRS-6, as learnfeed does (from 25.07 on; before it was FSRS 4.5 and 5)."""
    return _version() >= (25, 7)


def is_23_10() -> bool:
    """Whether Anki rounds stability to a tenth, and gives a new deck no preset."""
    return _version() < (23, 12)


def _version() -> tuple[int, ...]:
    from anki.buildinfo import version

    return tuple(map(int, version.split(".")[:2]))
