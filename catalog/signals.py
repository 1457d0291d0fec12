from django.dispatch import Signal

# Sent inside the transaction that wrote an entry, with `entry`: index it, or forget it if it is withdrawn.
entry_changed = Signal()
