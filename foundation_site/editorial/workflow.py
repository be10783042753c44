"""What happens when a workflow has run to its end. Loaded while Wagtail's own models load: it imports none of them."""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what has been approved.

    The last approval is the decision; the approver need not have the right to publish that page or language herself,
    which Wagtail would ask for again here.
    """
    content = workflow_state.content_object
    revision = workflow_state.current_task_state.revision
    if revision is not None and content.live_revision_id != revision.pk:
        revision.publish(user=user, skip_permission_checks=True)
