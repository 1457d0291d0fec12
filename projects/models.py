from .figures import ActivityFigures, Count, ProjectFigures
from .pages import ProjectPage
from .partners import Partner

__all__ = ["ActivityFigures", "Count", "Partner", "ProjectFigures", "ProjectPage"]
