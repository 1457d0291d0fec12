"""Pictures and videos."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from content.languages import own_name
from content.uploads import content_type_of

from .base import TEXT_FEATURES, WEB_SCHEMES, SiteBlock, WebAddressBlock
from .shown import SampleShown, Shown, shown_in

VIDEO_EXTENSIONS = ("mp4", "webm")
CAPTIONS_EXTENSION = "vtt"


class PictureBlock(SiteBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt_text = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=300,
        help_text=_("What the picture shows, for people who cannot see it. Empty only for decoration."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        return {**context, "picture": shown_in(context).picture(value["image"])}

    class Meta:
        icon = "image"
        label = _("Picture")
        group = _("Media")
        description = _("One picture with a caption. Its credit is shown below it.")
        template = "content/blocks/picture.html"

        def preview_value(*args: object) -> dict:
            return {"image": None, "alt_text": "", "caption": _text("Caption")}


class GalleryPictureBlock(SiteBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt_text = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=300,
        help_text=_("What the picture shows, for people who cannot see it."),
    )
    is_decorative = blocks.BooleanBlock(
        label=_("Only decoration"),
        required=False,
        help_text=_("It says nothing that the text does not say; screen readers leave it out."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    def problems(self, value: blocks.StructValue) -> dict[str, ValidationError]:
        if value["alt_text"].strip() or value["is_decorative"]:
            return {}
        message = _("Say what the picture shows, or mark it as decoration.")
        return {"alt_text": ValidationError(message, code="no_alternative")}


class GalleryBlock(SiteBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    pictures = blocks.ListBlock(GalleryPictureBlock(), label=_("Pictures"), min_num=1, max_num=40)

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        return {**context, "pictures": gallery_pictures(value, shown_in(context))}

    class Meta:
        icon = "grip"
        label = _("Gallery")
        group = _("Media")
        description = _("Several pictures side by side, each with its own caption and credit.")
        template = "content/blocks/gallery.html"

        def preview_value(*args: object) -> dict:
            picture = {"image": None, "alt_text": "", "is_decorative": True, "caption": _text("Caption")}
            return {"title": "", "pictures": [picture, picture]}


def gallery_pictures(value: blocks.StructValue, shown: Shown) -> list[dict]:
    pictures = [
        {
            "picture": shown.picture(item["image"]),
            "alt": "" if item["is_decorative"] else item["alt_text"],
            "caption": item["caption"],
        }
        for item in value["pictures"]
    ]
    return [item for item in pictures if item["picture"]]


class VideoBlock(SiteBlock):
    """Never a player of another host: what is not stored here is a link, which leads out when a reader follows it."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    file = DocumentChooserBlock(
        label=_("Video file"),
        required=False,
        help_text=_("A file that ends in .mp4 or .webm. It is shown on the page."),
    )
    captions = DocumentChooserBlock(
        label=_("Captions"),
        required=False,
        help_text=_("A WebVTT file (.vtt) with what is said and heard, for people who cannot hear it."),
    )
    link = WebAddressBlock(
        label=_("Link to the video"),
        required=False,
        help_text=_(
            "For a video that another site shows. Readers get a link; nothing is loaded before they follow it."
        ),
    )
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        features=TEXT_FEATURES,
        help_text=_("All that is said and what is seen, for people who cannot hear or see it, and for search."),
    )

    def problems(self, value: blocks.StructValue) -> dict[str, ValidationError]:
        file, captions = value["file"], value["captions"]
        problems = {}
        if not file and not value["link"]:
            problems["file"] = ValidationError(_("Choose a video file or enter a link."), code="no_video")
        elif file and file.file_extension.lower() not in VIDEO_EXTENSIONS:
            problems["file"] = ValidationError(
                _("This file is no video that browsers play. Choose one that ends in .mp4 or .webm."), code="no_video"
            )
        if captions and captions.file_extension.lower() != CAPTIONS_EXTENSION:
            problems["captions"] = ValidationError(
                _("Captions must be a WebVTT file, whose name ends in .vtt."), code="no_captions"
            )
        elif captions and not file:
            problems["captions"] = ValidationError(
                _("Captions belong to a video file; choose that as well."), code="no_file"
            )
        return problems

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        shown = shown_in(context)
        video, captions = shown.file(value["file"]), shown.file(value["captions"])
        language = (captions.language if captions else "") or get_language()
        link = value["link"] or ""
        is_web_address = link.startswith(tuple(f"{scheme}://" for scheme in WEB_SCHEMES))
        return {
            **context,
            "video": video,
            "video_type": content_type_of(video.extension) if video else "",
            "captions": captions,
            "captions_language": language,
            "captions_label": own_name(language),
            "link": link if is_web_address else "",
            "host": (urlsplit(link).hostname or "").removeprefix("www.") if is_web_address else "",
        }

    def get_preview_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict:
        context = super().get_preview_context(value, parent_context)
        return {**context, "shown": SampleShown(extension="mp4")}

    class Meta:
        icon = "media"
        label = _("Video")
        group = _("Media")
        description = _("A video file of this site, or a link to one elsewhere, always with its transcript.")
        template = "content/blocks/video.html"

        def preview_value(*args: object) -> dict:
            transcript = f"<p>{_text('Transcript')}</p>"
            return {"title": _text("Video"), "file": None, "captions": None, "link": "", "transcript": transcript}
