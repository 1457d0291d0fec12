"""Codes of merged concepts inside of blocks: what they read as already is written down, little by little."""

from django.db import transaction
from django_tasks import task
from wagtail import blocks
from wagtail.models import Page

from .blocks import ConceptCodeBlock
from .models import Concept, ConceptAlias
from .signals import references_moved
from .stored_blocks import StoredValue, replace_everywhere


def of_concept(scheme: str, code: str) -> StoredValue:
    def holds(block: blocks.Block) -> bool:
        return isinstance(block, ConceptCodeBlock) and block.scheme == scheme

    return StoredValue(holds, code)


def rewrite_soon() -> None:
    """Once the transaction of the merge has been committed."""
    transaction.on_commit(rewrite_codes_later.enqueue, robust=True)


@task()
def rewrite_codes_later() -> None:
    rewrite_merged_codes()


def rewrite_merged_codes() -> int:
    """All that is left of any merge: whoever was stopped starts again. Returns how many rows were changed."""
    changed = 0
    for alias in ConceptAlias.objects.select_related("concept"):
        rows = replace_everywhere(of_concept(alias.scheme, alias.code), alias.concept.code)
        for model, ids in rows.items():
            page_ids = ids if issubclass(model, Page) else set()
            references_moved.send(sender=Concept, model=model, object_ids=sorted(ids), page_ids=page_ids)
            changed += len(ids)
    return changed
