"""A repeat with a number and a computed value in each instance, and a total beside it."""

from tests.xforms.story import Story, ask, bind, form, repeat

MODEL = "<which>2</which><r><x/><y/></r><total/>"


def row(expression: str = "", total: str = "''", count: str = "") -> Story:
    return Story(
        form(
            MODEL,
            (bind("r/y", calculate=expression) if expression else "")
            + bind("r/x", type="int")
            + bind("which", type="int")
            + bind("total", calculate=total),
            ask("which") + repeat("r", ask("r/x"), count),
        )
    )


def filled(story: Story, *values: str) -> Story:
    for number, value in enumerate(values, start=1):
        if story.count("r") < number:
            story.add("r")
        story.answer(f"r[{number}]/x", value)
    return story
