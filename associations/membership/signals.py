"""What the register tells to whoever stands above it."""

from django.dispatch import Signal

# Sent after the transaction, with `association`: a receiver that fails does not take the admission back.
member_admitted = Signal()
