from django.dispatch import Signal

# Rows were made to name another concept, past their own signals.
# Sent with their `model` and `object_ids`, and the `page_ids` that the merge concerns in all.
references_moved = Signal()
