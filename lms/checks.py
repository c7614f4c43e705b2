"""System checks for what Django cannot know: how we open the database, lay out templates, and print."""

import ctypes
import ctypes.util
import sys

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from printing.places import FONTS

OUR_APPS = {"lms", "certificates", "quizzes", "attendance", "courses", "manual", "pages", "accounts"}
SQLITE_OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 20}
SQLITE_PRAGMAS = {"synchronous=full", "foreign_keys=on"}
PAPER_STYLES = ("regular", "italic", "semibold")
PAPER_FACES = {f"chance-{family}-{style}.ttf" for family in ("serif", "sans", "display") for style in PAPER_STYLES}
PANGO = {"libpango-1.0.so.0": "pango-1.0", "libpangoft2-1.0.so.0": "pangoft2-1.0"}


@register(Tags.compatibility)
def check_database_settings(**kwargs: object) -> list[CheckMessage]:
    """No request is one long transaction, and SQLite keeps what it has acknowledged."""
    messages: list[CheckMessage] = []
    for alias, database in settings.DATABASES.items():
        if database.get("ATOMIC_REQUESTS"):
            messages.append(
                Error(
                    f"The database “{alias}” wraps every request in a transaction.",
                    hint="Remove ATOMIC_REQUESTS: services open their own transactions, and nothing prints inside one.",
                    id="lms.E001",
                )
            )
        if database["ENGINE"] == "django.db.backends.sqlite3":
            options = database.get("OPTIONS", {})
            pragmas = options.get("init_command", "").lower().replace("pragma", "").replace(" ", "").split(";")
            if SQLITE_PRAGMAS - set(pragmas) or any(options.get(key) != value for key, value in SQLITE_OPTIONS.items()):
                messages.append(
                    Error(
                        f"The SQLite database “{alias}” could lose a saved answer, or fail when two people save.",
                        hint=f"Set OPTIONS to {SQLITE_OPTIONS} with PRAGMA synchronous=FULL and foreign_keys=ON.",
                        id="lms.E002",
                    )
                )
    return messages


@register(Tags.database)
def check_write_ahead_log(databases: list[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    """The SQLite file is in WAL mode, so that readers and the one writer do not wait for each other."""
    messages: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "sqlite" or connection.is_in_memory_db():
            continue
        with connection.cursor() as cursor:
            mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        if mode != "wal":
            messages.append(
                Warning(
                    f"The SQLite database “{alias}” is in journal mode “{mode}”, not “wal”.",
                    hint="Run “manage.py prepare” once.",
                    id="lms.W003",
                )
            )
    return messages


@register(Tags.templates)
def check_page_templates(**kwargs: object) -> list[CheckMessage]:
    """Every page type of ours has its template."""
    messages: list[CheckMessage] = []
    for model in get_page_models():
        if model._meta.app_label not in OUR_APPS or model._meta.abstract:
            continue
        template = model.template
        try:
            get_template(template)
        except TemplateDoesNotExist:
            messages.append(Warning(f"{model.__name__} has no template “{template}”.", obj=model, id="lms.W004"))
        except TemplateSyntaxError as error:
            messages.append(Warning(f"“{template}” cannot be read: {error}", obj=model, id="lms.W004"))
    return messages


@register(Tags.templates)
def check_blocks_explain_themselves(**kwargs: object) -> list[CheckMessage]:
    """Every block an editor can pick says what it is for and shows an example."""
    messages: list[CheckMessage] = []
    for block in pickable_blocks():
        missing = [
            wanted
            for wanted, there in (
                ("description", block.get_description()),
                ("preview_value", hasattr(block.meta, "preview_value") or overrides_preview(block)),
            )
            if not there
        ]
        if missing:
            messages.append(
                Warning(f"The block “{block.name}” has no {' and no '.join(missing)}.", obj=type(block), id="lms.W005")
            )
    return messages


def pickable_blocks() -> list[blocks.Block]:
    """List the blocks of every StreamField of ours that appear in the block picker."""
    found: dict[int, blocks.Block] = {}
    for model in get_page_models():
        if model._meta.app_label in OUR_APPS:
            for field in model._meta.get_fields():
                if isinstance(field, StreamField):
                    found |= {id(block): block for block in field.stream_block.child_blocks.values()}
    return list(found.values())


def overrides_preview(block: blocks.Block) -> bool:
    """Whether the class makes its example itself."""
    return type(block).get_preview_value is not blocks.Block.get_preview_value


@register("printing")
def check_paper_fonts(**kwargs: object) -> list[CheckMessage]:
    """The faces that paper is set in lie beside the print style sheets."""
    missing = sorted(PAPER_FACES - {file.name for file in FONTS.glob("*.ttf")})
    if not missing:
        return []
    return [Warning(f"Print fonts are missing: {', '.join(missing)}.", hint="Run “make fonts”.", id="lms.W006")]


@register("printing")
def check_pango(**kwargs: object) -> list[CheckMessage]:
    """Pango, which no Python package brings along, can be loaded."""
    missing = [name for name, short in PANGO.items() if not loads(name, short)]
    if not missing:
        return []
    return [
        Warning(
            f"PDFs cannot be made here: {', '.join(missing)} is missing. Everything else works.",
            hint="Debian and Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
            id="lms.W007",
        )
    ]


def loads(name: str, short: str) -> bool:
    """Whether a shared library can be loaded under its Debian name, or elsewhere under the name the system knows."""
    try:
        ctypes.CDLL(name if sys.platform == "linux" else ctypes.util.find_library(short) or name)
    except OSError:
        return False
    return True
