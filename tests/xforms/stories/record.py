"""A record half filled in: an answer that no longer counts, and a second child."""

from intake_app.xforms.api import FormEntry
from tests.xforms.story import MOMENT, Story, ask, bind, form, repeat

XML = form(
    '<name/><private/><kid jr:template=""><name/><age/></kid><kid><name/><age/></kid><count/><start/>',
    bind("private", relevant="/data/name != ''")
    + bind("kid/age", type="int")
    + bind("count", calculate="count(/data/kid)")
    + bind("start", jr__preload="timestamp", jr__preloadParams="start", type="dateTime"),
    ask("name") + ask("private") + repeat("kid", ask("kid/name") + ask("kid/age")),
)


def filled() -> Story:
    story = Story(XML)
    story.answer("name", "Ali")
    story.answer("private", "kept")
    story.add("kid")
    story.answer("kid[2]/age", "7")
    story.answer("name", "")
    return story


def restored(story: Story) -> FormEntry:
    return FormEntry.restore(story.definition, story.entry.savepoint(), now=lambda: MOMENT, seed=99)
