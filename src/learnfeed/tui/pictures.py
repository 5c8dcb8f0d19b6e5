"""Pictures of posts, made fit for a terminal. Needs the extra ``pictures``, and nothing of it loads unless wanted."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from learnfeed.core.errors import LimitError, NotFoundError, UnreadableError
from learnfeed.services.opening import pictures_installed
from learnfeed.tui.messages import say

if TYPE_CHECKING:
    from PIL.Image import Image

    from learnfeed.settings import Settings

MAX_BYTES = 20_000_000
"""Bytes of a picture's file at most."""
MAX_PIXELS = 50_000_000
"""Pixels at most, as the file names them: nothing larger is decoded."""
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
"""What posts come with; Pillow's other decoders are never asked."""
_BOX = (960, 480)
"""Pixels that a decoded picture is made to fit: more than a dozen rows of a fine terminal."""


def prepare(settings: Settings) -> None:
    """Loads what shows pictures, if wanted and there: it asks the terminal what it can, so before the app runs."""
    if settings.pictures != "on" or not pictures_installed():
        return
    import textual_image.widget  # noqa: F401
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def missing(settings: Settings) -> str:
    """Why no picture can be shown now, and what to do; empty when it can."""
    if settings.pictures != "on":
        return say("Pictures are off: set pictures to on with , and start learnfeed again.")
    if not pictures_installed():
        return say('Pictures need an extra: pip install "learnfeed[pictures]", then start learnfeed again.')
    if "textual_image.widget" not in sys.modules:
        return say("Pictures show from the next start of learnfeed on.")
    return ""


def decode(path: str) -> Image:
    """The picture of a file, small and in plain colours.

    Raises:
        NotFoundError: It is gone.
        LimitError: It is too large to be decoded.
        UnreadableError: It is broken, or no picture.
    """
    from PIL import Image

    name = Path(path).name
    try:
        small = _small(path)
    except FileNotFoundError:
        raise NotFoundError(say("The picture {name} is gone.", name=name)) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        small = None
    except Exception as error:
        # A broken file leads decoders to errors of any kind.
        said = say("The picture {name} is broken or of a kind that can't be shown.", name=name)
        raise UnreadableError(said) from error
    if small is None:
        raise LimitError(say("The picture {name} is too large to be shown.", name=name))
    return small


def _small(path: str) -> Image | None:
    """The picture; None for one that is too large, which is seen before anything is decoded."""
    from PIL import Image, ImageOps

    if Path(path).stat().st_size > MAX_BYTES:
        return None
    with Image.open(path, formats=FORMATS) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            return None
        picture.thumbnail(_BOX)
        return ImageOps.exif_transpose(picture).convert("RGB")
