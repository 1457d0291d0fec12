from .blueprints import BlueprintPage
from .listings import ListingPage
from .plans import ActionPlanPage
from .progress import ActionStatus, Indicator, IndicatorValue, PlanProgress
from .shared import AttachedFile, RelatedWork

__all__ = [
    "ActionPlanPage",
    "ActionStatus",
    "AttachedFile",
    "BlueprintPage",
    "Indicator",
    "IndicatorValue",
    "ListingPage",
    "PlanProgress",
    "RelatedWork",
]
