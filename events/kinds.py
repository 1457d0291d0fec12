from django.db.models import Case, DateTimeField, IntegerField, Q, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.kinds import Kind, register_kind
from catalog.models import CatalogEntry, EntryQuerySet
from resources.kinds import resource_context

from .availability import availability, desk_of, is_over
from .pages import OUTCOMES, Mode, Status
from .times import EventTimes


def event_context(request: HttpRequest, entry: CatalogEntry) -> dict:
    """The state of the registration is read as it is now; all else is frozen in the entry."""
    extra = entry.record_data["extra"]
    over = is_over(extra)
    sections = entry.publication.sections
    outcomes = [section for section in sections if section.id == OUTCOMES]
    return {
        **resource_context(request, entry),
        "when": EventTimes.from_extra(extra).text(),
        "mode": Mode(extra["mode"]).label,
        "status": Status(extra["status"]).label,
        "is_over": over,
        "outcomes": outcomes if over else [],
        "sections": [section for section in sections if section.id != OUTCOMES],
        "registration": availability(desk_of(entry.work), extra) if entry.pk else None,
    }


def soonest_first(entries: EntryQuerySet) -> EntryQuerySet:
    """What is still to come, the next one first; then what is over, the latest first."""
    coming = Q(ends_at__gt=timezone.now())
    return entries.annotate(
        is_over=Case(When(coming, then=0), default=1, output_field=IntegerField()),
        upcoming=Case(When(coming, then="begins_at"), output_field=DateTimeField()),
    ).order_by("is_over", "upcoming", "-begins_at", "-pk")


EVENT = register_kind(
    Kind(
        name="event",
        label=_("Event"),
        plural=_("Events"),
        template="events/event.html",
        context=event_context,
        in_order=soonest_first,
        order_label=_("Soonest first"),
        cards="events/cards.html",
    )
)
