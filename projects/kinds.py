from django.utils.translation import gettext_lazy as _

from catalog.kinds import Kind, register_kind

from .showing import project_context

PROJECT = register_kind(
    Kind(
        name="project",
        label=_("Project"),
        plural=_("Projects"),
        template="projects/project.html",
        context=project_context,
    )
)
