from wagtail.blocks import StreamBlock

from .accordion import AccordionBlock
from .call_to_action import CallToActionBlock
from .documents import DocumentsBlock
from .embed import EmbedBlock
from .figures import FiguresBlock
from .pages import PagesBlock
from .people import PeopleBlock
from .picture import GalleryBlock, PictureBlock
from .quote import QuoteBlock
from .table import TableBlock
from .text import HeadingBlock, TextBlock
from .timeline import TimelineBlock


class BodyBlock(StreamBlock):
    """What the body of any page is made of."""

    heading = HeadingBlock()
    text = TextBlock()
    image = PictureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    table = TableBlock()
    accordion = AccordionBlock()
    call_to_action = CallToActionBlock()
    people = PeopleBlock()
    documents = DocumentsBlock()
    embed = EmbedBlock()
    figures = FiguresBlock()
    timeline = TimelineBlock()
    pages = PagesBlock()
