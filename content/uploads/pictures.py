"""Pictures: within limits by their headers first, then decoded once to prove that they can be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from .jpeg_markers import START_OF_IMAGE, is_scan_bomb
from .names import extension_of
from .sizes import check_size
from .sniffing import sniffed_type

# Photos of two lenses (MPO) are JPEG files for everyone else.
PICTURE_FORMATS = {"gif": {"GIF"}, "jpeg": {"JPEG", "MPO"}, "jpg": {"JPEG", "MPO"}, "png": {"PNG"}, "webp": {"WEBP"}}
OPENED_FORMATS = ("GIF", "JPEG", "PNG", "WEBP")
ANIMATED_FORMATS = {"GIF", "WEBP"}
# Without the gray ones of 16 and 32 bits, which cannot be turned into JPEG renditions.
MODES = {"1", "CMYK", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "YCbCr"}
SNIFFED_PICTURES = ("image/gif", "image/jpeg", "image/png", "image/apng", "image/vnd.mozilla.apng", "image/webp")

MAX_FRAMES = 1000
MAX_METADATA_BYTES = 256 * 1024
# Renditions carry EXIF data and comments over. A JPEG file holds no more of each, so longer ones break every rendition.
MAX_SEGMENT_BYTES = 65_533
CARRIED_OVER = ("comment", "exif", "Raw profile type exif", "XML:com.adobe.xmp", "xmp")


def check_picture(uploaded: File) -> None:
    """Raises `ValidationError` unless it is a picture that can be shown; leaves the file rewound.

    Only the formats of `PICTURE_FORMATS` are ever opened, whatever the settings allow: not SVG, which carries scripts.
    """
    check_size(uploaded)
    extension = extension_of(uploaded.name)
    if extension not in PICTURE_FORMATS or extension not in settings.WAGTAILIMAGES_EXTENSIONS:
        raise unsupported()
    try:
        check_scans(uploaded)
        with opened(uploaded) as image:
            check_format(image, extension)
            check_frames(image)
            check_metadata(image)
        if (sniffed := sniffed_type(uploaded)) and not sniffed.startswith(SNIFFED_PICTURES):
            raise unreadable()
    finally:
        uploaded.seek(0)


@contextmanager
def opened(file: BinaryIO) -> Iterator[Image.Image]:
    """The picture, its header read. What a decoder raises, then or later, becomes one error for people."""
    file.seek(0)
    try:
        with Image.open(file, formats=OPENED_FORMATS) as image:
            yield image
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_many_pixels() from None
    except Exception as error:  # Decoders meet hostile bytes here and raise whatever they stumble over.
        raise unreadable() from error


def check_format(image: Image.Image, extension: str) -> None:
    if image.format not in PICTURE_FORMATS[extension]:
        raise ValidationError(
            _(
                "The name of this picture ends in .%(extension)s, but its format is %(format)s. "
                "Save it again as .%(extension)s, or correct the ending of its name."
            ),
            code="invalid_image_known_format",
            params={"extension": extension, "format": image.format},
        )
    if image.format == "PNG" and getattr(image, "is_animated", False):
        raise ValidationError(
            _("Animated PNG pictures are not accepted. Save it as GIF or WebP, then choose it again."),
            code="animated_png",
        )
    if image.mode not in MODES:
        raise ValidationError(
            _(
                "This picture has more than 8 bits for each shade of gray. "
                "Save it with 8 bits per channel, then choose it again."
            ),
            code="too_many_bits",
        )


def check_frames(image: Image.Image) -> None:
    """Decodes every frame that can be shown, adding up their pixels and stopping before the limit is passed.

    A frame can be larger than the header says, so its size is looked at again each time.
    """
    pixels, number = 0, 0
    while True:
        pixels += image.width * image.height
        if pixels > max_pixels() or number >= MAX_FRAMES:
            raise too_many_pixels() if number == 0 else too_long_animation()
        if number == 0:
            # A JPEG is read in full but written to memory at an eighth of its size.
            image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
        image.load()
        number += 1
        try:
            if image.format not in ANIMATED_FORMATS:
                return
            image.seek(number)
        except EOFError:
            return


def check_metadata(image: Image.Image) -> None:
    """To be called once the picture is loaded: some formats keep metadata behind the pixels."""
    carried_over = max(len(image.info.get(name) or b"") for name in ("exif", "comment"))
    if carried_over > MAX_SEGMENT_BYTES or metadata_bytes(image) > MAX_METADATA_BYTES:
        raise ValidationError(
            _(
                "This picture carries too much metadata besides what it shows (EXIF, XMP or a color profile). "
                "Export it for the web, without metadata, then choose it again."
            ),
            code="too_much_metadata",
        )
    prove_metadata(image)


def metadata_bytes(image: Image.Image) -> int:
    values = [*image.info.values(), *getattr(image, "text", {}).values()]
    segments = [segment for _name, segment in getattr(image, "applist", ())]
    return max(
        sum(len(value) for value in values if isinstance(value, bytes | str)), sum(len(value) for value in segments)
    )


def prove_metadata(image: Image.Image) -> None:
    """Does on one pixel what a rendition does with metadata: turn it upright, keep EXIF and color profile."""
    sample = Image.new("RGB", (1, 1))
    sample.info = {name: value for name, value in image.info.items() if name in CARRIED_OVER}
    upright = ImageOps.exif_transpose(sample)
    profile = image.info.get("icc_profile")
    if profile and image.mode == "CMYK":
        ImageCms.ImageCmsProfile(BytesIO(profile))
    for name in ("JPEG", "PNG", "WEBP"):
        upright.save(BytesIO(), name, exif=upright.info.get("exif") or b"", icc_profile=profile)


def check_scans(file: BinaryIO) -> None:
    file.seek(0)
    if file.read(len(START_OF_IMAGE)) == START_OF_IMAGE:
        file.seek(0)
        if is_scan_bomb(file.read()):
            raise unreadable()


def max_pixels() -> int:
    return settings.OER_MAX_IMAGE_MEGAPIXELS * 1_000_000


def unsupported() -> ValidationError:
    return ValidationError(
        _("Pictures of this kind are not accepted. Save the picture in one of these formats: %(formats)s."),
        code="invalid_image_extension",
        params={"formats": ", ".join(sorted(set(settings.WAGTAILIMAGES_EXTENSIONS) & set(PICTURE_FORMATS)))},
    )


def unreadable() -> ValidationError:
    return ValidationError(
        _(
            "This picture cannot be read: it is damaged, incomplete or of another kind than its name says. "
            "Open it in an image editor, save it again and choose it again."
        ),
        code="invalid_image",
    )


def too_many_pixels() -> ValidationError:
    return ValidationError(
        _("This picture is too large. Scale it down to at most %(limit)s megapixels, then choose it again."),
        code="file_too_many_pixels",
        params={"limit": settings.OER_MAX_IMAGE_MEGAPIXELS},
    )


def too_long_animation() -> ValidationError:
    return ValidationError(
        _(
            "This animation is too long. Keep it to at most %(frames)s frames that together have at most "
            "%(limit)s megapixels, or upload it as a video file."
        ),
        code="animation_too_long",
        params={"frames": MAX_FRAMES, "limit": settings.OER_MAX_IMAGE_MEGAPIXELS},
    )
