"""The directives of the text files: their attributes and what may stand inside."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Directive:
    """One directive: `prose` parts hold paragraphs and lists, `phrase` parts one line, `items` parts a list."""

    attributes: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    # The part before the first `###` and its form, then the `###` parts by their headings.
    form: str = "prose"
    part: str = "text"
    splits: dict[str, tuple[str, str]] = field(default_factory=dict)


DIRECTIVES: dict[str, Directive] = {
    "aims": Directive(form="items", part="items"),
    "key-point": Directive(form="phrase"),
    "key-points": Directive(form="items", part="items"),
    "law": Directive(
        attributes=("title", "source", "as-of", "review-due"),
        required=("title", "source", "as-of"),
        dates=("as-of", "review-due"),
        form="law",
    ),
    "practice": Directive(attributes=("title", "source"), required=("title",)),
    "method": Directive(attributes=("title",), required=("title",), form="method"),
    "case": Directive(
        attributes=("title",),
        required=("title",),
        part="story",
        splits={"Task": ("task", "prose"), "Discussion": ("discussion", "prose")},
    ),
    "reflection": Directive(form="question", part="question"),
    "checklist": Directive(attributes=("title",), required=("title",), form="items", part="items"),
    "table": Directive(attributes=("caption",), required=("caption",), form="table", part="rows"),
    "figure-number": Directive(attributes=("value", "source"), required=("value", "source"), form="phrase"),
    "self-check": Directive(form="self-check", part="question"),
    "say": Directive(
        attributes=("title",), required=("title",), form="items", part="items", splits={"Never": ("never", "items")}
    ),
    "content-note": Directive(),
    "pause": Directive(),
    "references": Directive(form="references", part="items"),
    "figure": Directive(
        attributes=("image", "alt", "caption", "source"), required=("image", "alt"), form="nothing", part=""
    ),
}

# The fixed `###` headings are written in English; a translator may write them in the language of the text.
SPLIT_NAMES = {
    "Sarcină": "Task",
    "Oppgave": "Task",
    "Discuție": "Discussion",
    "Drøfting": "Discussion",
    "Niciodată": "Never",
    "Aldri": "Never",
}


def block_type(directive: str) -> str:
    """Name the block of a directive; block names are identifiers."""
    return directive.replace("-", "_")


def directive_name(block: str) -> str:
    """Name the directive of a block."""
    return block.replace("_", "-")


TYPES = ("text", "heading", *(block_type(name) for name in DIRECTIVES))
