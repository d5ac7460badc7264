"""Pictures: drawn anew from their dots, so that nothing else comes along."""

import io
import threading

from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from sroi_portal.core.uploads.refusals import UploadRefusedError

MOST_DOTS = 40_000_000
FORMATS = ("PNG", "JPEG")
Image.MAX_IMAGE_PIXELS = MOST_DOTS
_LOADING = threading.Lock()


def clean(content: bytes) -> bytes:
    """Draw it again, upright, without place, camera, maker or preview (AVG-09).

    :raises UploadRefusedError: when it cannot be drawn, or has too many dots.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            _refuse_too_large(picture)
            return _drawn_again(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError):
        raise UploadRefusedError(
            _("The picture cannot be read. Save it again as PNG or JPEG.")
        ) from None


def _drawn_again(picture: Image.Image) -> bytes:
    kind = picture.format
    with _LOADING:  # the printer of PDFs lets half a picture pass, for the whole process
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            picture.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before
    upright = ImageOps.exif_transpose(picture)
    has_holes = kind == "PNG" and upright.has_transparency_data
    dots = upright.convert("RGBA" if has_holes else "RGB")
    plain = Image.frombytes(dots.mode, dots.size, dots.tobytes())
    drawn = io.BytesIO()
    if kind == "JPEG":
        plain.save(drawn, "JPEG", quality=88, optimize=True)
    else:
        plain.save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def _refuse_too_large(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_DOTS:
        raise _too_large()


def _too_large() -> UploadRefusedError:
    return UploadRefusedError(
        _("The picture has more than 40 million dots. Make it smaller and try again.")
    )
