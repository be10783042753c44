from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from .authors import is_author


class FourEyesApprovalTask(AbstractGroupApprovalTask):
    """Somebody else must look: who wrote, translated or submitted the latest version cannot approve it.

    That holds for superusers too. She may still send the work back, and see why she cannot approve.
    """

    class Meta:
        verbose_name = _("four-eyes approval")
        verbose_name_plural = _("four-eyes approvals")

    @classmethod
    def get_description(cls) -> str:
        return str(
            _("Members of the chosen groups can approve, except who wrote, translated or submitted the latest version.")
        )

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        actions = super().get_actions(obj, user)
        return [action for action in actions if action[0] != "approve" or not is_author(obj, user)]

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        # Asked again where it happens: the editor saves a new version before it acts on the button.
        if action_name == "approve" and is_author(task_state.workflow_state.content_object, user):
            raise PermissionDenied(_("You wrote the latest version: somebody else must approve it."))
        return super().on_action(task_state, user, action_name, **kwargs)

    def withholds_approval(self, obj: Any, user: Any) -> bool:
        """Whether she would approve here, were the work not her own."""
        return bool(super().get_actions(obj, user)) and is_author(obj, user)
