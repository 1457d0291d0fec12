"""What the admin changes without a signal."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from content.models import File, Picture

from .models import EntryAsset
from .rich_text import PublicDocumentLinkHandler
from .watching import entries_showing_any, mark_entries


@hooks.register("after_bulk_action")
def many_changed(request: HttpRequest, action_type: str, objects: list, action: object) -> None:
    """Files and pictures that changed their collection together."""
    if action_type != "add_to_collection":
        return
    for asset_type, model in zip(EntryAsset.Type, (File, Picture), strict=True):
        changed = [item.pk for item in objects if isinstance(item, model)]
        if changed:
            mark_entries(entries_showing_any(asset_type, model.objects.filter(pk__in=changed)))


@hooks.register("register_rich_text_features", order=100)
def link_public_files_only(features: FeatureRegistry) -> None:
    """In the place of Wagtail's own, which is registered before."""
    features.register_link_type(PublicDocumentLinkHandler)
