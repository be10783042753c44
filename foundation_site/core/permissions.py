from functools import cached_property

from wagtail.models import PagePermissionTester


class OneRoadTester(PagePermissionTester):
    """Where a workflow asks for approval, approval is the only road to publication.

    Every door of Wagtail and of its translation package asks this tester: the editor, lists, copies, bulk actions,
    the translation editor. Superusers take the same road. Where no workflow is assigned, Wagtail's own rules hold.
    """

    @cached_property
    def workflow_asks(self) -> bool:
        return bool(self.page.has_workflow)

    def can_publish(self) -> bool:
        return super().can_publish() and not self.workflow_asks

    def can_publish_subpage(self) -> bool:
        return super().can_publish_subpage() and not self.workflow_asks

    def can_move(self) -> bool:
        """A translation goes where its source goes."""
        return super().can_move() and not self.page.source

    # Nothing new becomes visible by these: the right to publish is enough.

    def can_set_view_restrictions(self) -> bool:
        """Of the source: it holds for its translations."""
        return super().can_publish() and not self.page.source

    def can_unschedule(self) -> bool:
        return super().can_publish()
