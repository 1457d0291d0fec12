"""Each role is a group: what it may use of the admin besides pages, which `may()` governs."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from .models import Role

MEDIA = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
CHOOSE_MEDIA = ("choose_image", "choose_document")
RECORDS = (
    "add_organization", "change_organization", "view_organization",
    "add_person", "change_person", "view_person",
    "add_concept", "change_concept", "view_concept",
)  # fmt: skip
PROGRAMMES = ("add_fundingprogramme", "change_fundingprogramme", "view_fundingprogramme")
PROGRESS = ("view_planprogress", "change_planprogress", "view_projectfigures", "change_projectfigures")
VIEW_RECORDS = ("view_organization", "view_person", "view_concept", "view_fundingprogramme")

PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("access_admin", *RECORDS, *PROGRESS, "view_fundingprogramme"),
    Role.REVIEWER: ("access_admin", *VIEW_RECORDS, "view_planprogress", "view_projectfigures"),
    Role.TRANSLATOR: ("access_admin", *VIEW_RECORDS),
    Role.COORDINATOR: (
        "access_admin",
        *RECORDS,
        *PROGRAMMES,
        *PROGRESS,
        "delete_organization",
        "delete_person",
        "delete_concept",
        "view_team",
        "change_team",
    ),
}
COLLECTION_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: MEDIA,
    Role.REVIEWER: CHOOSE_MEDIA,
    Role.TRANSLATOR: CHOOSE_MEDIA,
    Role.COORDINATOR: (*MEDIA, "delete_image", "delete_document"),
}
WAGTAIL_DEFAULT_GROUPS = ("Editors", "Moderators")


def group_name(role: Role) -> str:
    return {
        Role.EDITOR: "Editors of the platform",
        Role.REVIEWER: "Reviewers",
        Role.TRANSLATOR: "Translators",
        Role.COORDINATOR: "Coordinators",
    }[role]


def sync_roles() -> None:
    """Give every role's group exactly its permissions; run it again at any time.

    No group gets a page permission row: pages are governed by `may()` alone, and a row
    would grant what the language teams do not.
    """
    GroupPagePermission.objects.all().delete()
    Group.objects.filter(name__in=WAGTAIL_DEFAULT_GROUPS, user__isnull=True).delete()
    root = Collection.get_first_root_node()
    for role in Role:
        group, _ = Group.objects.get_or_create(name=group_name(role))
        group.permissions.set(Permission.objects.filter(codename__in=PERMISSIONS[role]))
        if root is None:
            continue
        wanted = Permission.objects.filter(codename__in=COLLECTION_PERMISSIONS[role])
        rows = GroupCollectionPermission.objects.filter(group=group, collection=root)
        rows.exclude(permission__in=wanted).delete()
        for permission in wanted.exclude(pk__in=rows.values("permission")):
            GroupCollectionPermission.objects.create(group=group, collection=root, permission=permission)
