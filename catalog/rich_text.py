"""Links of rich text as readers get them."""

from wagtail.documents.rich_text import DocumentLinkHandler

from content.models import File

from .privacy import private_ids


class PublicDocumentLinkHandler(DocumentLinkHandler):
    """A link to a file in a private collection keeps its words and loses its target, which names the file."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        ids = {int(attrs["id"]) for attrs in attrs_list if str(attrs.get("id", "")).isdigit()}
        private = {str(pk) for pk in private_ids(File, ids)}
        tags = super().expand_db_attributes_many(attrs_list)
        return ["<a>" if str(attrs.get("id")) in private else tag for attrs, tag in zip(attrs_list, tags, strict=True)]
