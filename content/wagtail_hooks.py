"""Small changes to Wagtail's admin."""

from wagtail.admin.views.account import AvatarSettingsPanel


def no_profile_pictures(panel: AvatarSettingsPanel) -> bool:
    """Their upload goes past the checks of pictures, and nothing serves them: the field is left out."""
    return False


AvatarSettingsPanel.is_active = no_profile_pictures
