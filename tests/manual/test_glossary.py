"""The glossary: loaded from its file, opened from the text, listed, printed, kept in the CMS."""

import io

import pytest
import yaml

from manual.models import ChapterPage, GlossaryTerm, Print
from manual.selectors import text_of
from manual.text.glossary import read_glossary
from tests.factories.manual import chapter_file, module_file, published, write_files
from tests.manual.test_loading import load

pdfplumber = pytest.importorskip("pdfplumber")
pytestmark = pytest.mark.django_db

REFERRAL = {
    "key": "warm-referral",
    "en": {"term": "warm referral", "definition": "Handing over with a name and consent."},
    "ro": {"term": "referire însoțită", "definition": "Preluarea de către alt serviciu, cu nume și acord."},
    "nb": {"term": "varm overføring", "definition": "Overføring med navn og samtykke."},
}
AENDRING = {
    "key": "change",
    "en": {"term": "change", "definition": "Something new."},
    "ro": {"term": "schimbare", "definition": "Ceva nou."},
    "nb": {"term": "ærlig endring", "definition": "Noe nytt."},
}
MARKED = "Make a [warm referral]{term=warm-referral} today, and another [warm referral]{term=warm-referral} tomorrow.\n"


def write_glossary(folder, *terms):
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / "glossary.yaml").write_text(yaml.safe_dump(list(terms), allow_unicode=True))
    return folder


@pytest.fixture
def folder(tmp_path, homes):
    files = {"en/m01/module.md": module_file(), "en/m01/m01-1.md": chapter_file(body=MARKED)}
    return write_glossary(write_files(tmp_path, files), REFERRAL, AENDRING)


@pytest.fixture
def terms(folder):
    load(folder)
    return {term.key: term for term in GlossaryTerm.objects.all()}


def words_of(response):
    with pdfplumber.open(io.BytesIO(b"".join(response.streaming_content))) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def save_in_cms(editor, term, **changes):
    fields = ("key", *(f"{part}_{code}" for part in ("term", "definition") for code in ("en", "ro", "nb")))
    said = {field: getattr(term, field) for field in fields} | changes
    return editor.post(f"/cms/snippets/manual/glossaryterm/edit/{term.pk}/", said)


def test_loading_makes_the_terms_and_twice_changes_nothing(folder):
    said, code = load(folder)
    again, _code = load(folder)

    assert code == 0
    assert "created    rules/glossary.yaml warm-referral" in said
    assert GlossaryTerm.objects.get(key="warm-referral").term_ro == "referire însoțită"
    assert again == "5 unchanged.\n"


def test_changed_file_reaches_readers_at_once(client, folder, terms):
    address = "/en/manual/module-1/chapter-1-1/"
    client.get(address)
    write_glossary(folder, REFERRAL | {"en": {"term": "warm referral", "definition": "New words."}}, AENDRING)

    said, _code = load(folder)

    assert "updated    rules/glossary.yaml warm-referral" in said
    assert (
        "New words." in client.get("/en/manual/m01/").content.decode()
        or "New words." in client.get("/en/manual/glossary/").content.decode()
    )


def test_editors_change_is_kept_and_a_conflict_is_reported(browser_of, elena, folder, terms):
    save_in_cms(browser_of(elena), terms["warm-referral"], definition_nb="Redigert.")

    kept, code = load(folder)
    write_glossary(folder, REFERRAL | {"en": {"term": "warm referral", "definition": "New words."}}, AENDRING)
    conflict, worse = load(folder)
    load(folder, "--take", "file", "warm-referral")

    assert (code, worse) == (0, 1)
    assert "kept       rules/glossary.yaml warm-referral" in kept
    assert "conflict   rules/glossary.yaml warm-referral" in conflict
    assert GlossaryTerm.objects.get(key="warm-referral").definition_nb == "Overføring med navn og samtykke."


def test_text_that_marks_an_unknown_term_is_refused_with_file_and_line(folder):
    write_files(folder, {"en/m01/m01-1.md": chapter_file(body="One.\n\nA [word]{term=nowhere}.\n")})

    said, code = load(folder)

    assert code == 1
    assert "en/m01/m01-1.md:13: the glossary has no term “nowhere”" in said


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("key: x", "the glossary is a list of entries"),
        ("- {key: A B}", "an entry begins with “key:”"),
        ("- {key: a, en: {term: a}}", "a, en: “definition” must be text"),
        ("- {key: a, en: {term: a, definition: b, colour: c}}", "a, en: unknown field “colour”"),
        ("- {key: a, en: {term: aţ, definition: b}}", "a, en: ş or ţ with a cedilla"),
        ("- {key: a, en: {term: a, definition: b, forms: x}}", "a, en: “forms” is a list"),
        ("- {key: a, en: {term: a, definition: b}}\n- {key: a, en: {term: a, definition: b}}", "“a” is there twice"),
        ("- {key: a, de: {term: a, definition: b}}", "unknown field “de”"),
        ("- [", "the glossary cannot be read"),
    ],
    ids=[
        "no list",
        "bad key",
        "no definition",
        "unknown part",
        "cedilla",
        "forms",
        "twice",
        "unknown language",
        "yaml",
    ],
)
def test_broken_glossary_is_told_what_is_wrong(source, problem):
    _terms, problems = read_glossary(source, "glossary.yaml", ["en"])

    assert any(problem in str(found) for found in problems)


def test_first_mention_opens_the_entry_and_the_second_does_not(client, terms):
    html = client.get("/en/manual/module-1/chapter-1-1/").content.decode()

    assert html.count('popovertarget="term-warm-referral"') == 1
    assert html.count('id="term-warm-referral"') == 1
    assert "Handing over with a name and consent." in html
    assert '<span lang="nb">varm overføring</span>' in html
    assert "{term=" not in html


def test_term_that_is_gone_leaves_its_words(client, terms):
    terms["warm-referral"].delete()

    html = client.get("/en/manual/module-1/chapter-1-1/").content.decode()

    assert "Make a warm referral today" in html
    assert 'popovertarget="term-' not in html


def test_marks_of_terms_are_no_words_for_search(client, terms):
    assert "1 page was found" in client.get("/en/manual/search/?q=warm+referral").content.decode()
    assert "0 pages were found" in client.get("/en/manual/search/?q=term").content.decode()


@pytest.mark.parametrize(
    ("language", "letters"), [("en", ["C", "W"]), ("ro", ["R", "S"]), ("nb", ["V", "Æ"])], ids=["en", "ro", "nb"]
)
def test_glossary_lists_every_term_in_the_order_of_its_alphabet(client, terms, language, letters):
    html = client.get(f"/{language}/manual/glossary/").content.decode()

    places = [html.index(f'<h2 id="letter-{letter.lower()}">') for letter in letters]
    assert places == sorted(places)
    assert [f'<div id="{key}">' in html for key in terms] == [True, True]


def test_glossary_without_terms_says_so(client, homes):
    assert "The words will appear here." in client.get("/en/manual/glossary/").content.decode()


def test_chapter_on_paper_ends_with_its_words(client, terms):
    response = client.get(f"/en/manual/print/{page_of('m01-1').pk}.pdf")

    words = words_of(response)

    assert "Words in this chapter" in words
    assert "Handing over with a name and consent." in words
    assert "{term=" not in words


def test_another_word_of_the_glossary_makes_another_print(client, browser_of, elena, terms):
    address = f"/en/manual/print/{page_of('m01-1').pk}.pdf"
    words_of(client.get(address))

    save_in_cms(browser_of(elena), terms["warm-referral"], definition_en="Changed by an editor.")
    words = words_of(client.get(address))

    assert "Changed by an editor." in words
    assert Print.objects.count() == 2


def test_mark_survives_the_editor(terms):
    page = published(page_of("m01-1"))

    assert text_of(page).blocks == [{"type": "text", "value": MARKED.strip()}]


def page_of(key):
    return ChapterPage.objects.get(key=key, locale__language_code="en")
