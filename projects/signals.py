"""Projects and their figures, kept in step."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from catalog.synchronizing import mark_dirty
from content.page_permissions import Subject, subject_of

from .figures import ActivityFigures, Count, ProjectFigures
from .pages import ProjectPage


@receiver(page_published)
def project_published(instance: Page, **kwargs: object) -> None:
    if isinstance(instance, ProjectPage) and instance.alias_of_id is None:
        make_figures(instance)


def make_figures(page: ProjectPage) -> None:
    """Give every activity of the text its place for figures; what is there already stays.

    Names are those of the edition it was written in.
    """
    project, created = ProjectFigures.objects.get_or_create(work=page.translation_key, defaults={"title": page.title})
    is_original = subject_of(page) is Subject.ORIGINAL
    if is_original and not created:
        ProjectFigures.objects.filter(pk=project.pk).update(title=page.title)
    known = {row.code: row for row in project.activities.all()}
    for order, block in enumerate(page.activities):
        code, title = block.value["code"], block.value["title"]
        if code not in known:
            ActivityFigures.objects.create(project=project, code=code, title=title, sort_order=order)
        elif is_original and known[code].title != title:
            ActivityFigures.objects.filter(pk=known[code].pk).update(title=title)


@receiver([post_save, post_delete], sender=ProjectFigures)
@receiver([post_save, post_delete], sender=ActivityFigures)
@receiver([post_save, post_delete], sender=Count)
def figures_changed(instance: ProjectFigures | ActivityFigures | Count, **kwargs: object) -> None:
    """Every edition of the project shows the new figures."""
    found = ProjectFigures.objects.all()
    if isinstance(instance, Count):
        found = found.filter(activities=instance.activity_id)
    elif isinstance(instance, ActivityFigures):
        found = found.filter(pk=instance.project_id)
    else:
        found = found.filter(pk=instance.pk)
    works = list(found.values_list("work", flat=True))
    mark_dirty(ProjectPage.objects.filter(translation_key__in=works).only("pk", "path"))
