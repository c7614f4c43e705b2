"""PDFs of pages: made once for each state of the text, given out to whoever may read the page."""

import datetime as dt
import io

from django.core.management import CommandError, call_command

import pytest

from manual.models import Print
from pages.models import Helpline
from tests.factories.manual import GlossaryTermFactory, published
from tests.factories.pages import HelplineFactory

pdfplumber = pytest.importorskip("pdfplumber")
pytestmark = pytest.mark.django_db


def address(page, language=None):
    return f"/{language or page.locale.language_code}/manual/print/{page.pk}.pdf"


def body_of(response):
    return b"".join(response.streaming_content)


def words_of(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def change_helpline(editor, line, number):
    """Change a number as an editor does."""
    said = {"number": number, "country": "RO", "label_en": "Line", "label_ro": "Linie", "label_nb": "Linje"}
    more = {"checked_on": dt.date(2026, 11, 20), "in_footer": "on", "sort_order": 0}
    editor.post(f"/cms/snippets/pages/helpline/edit/{line.pk}/", said | more)
    assert Helpline.objects.get().number == number


def change(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    return published(page)


def test_chapter_is_printed_when_first_asked_for_and_once(client, manual):
    page = manual["ro"]["m01-1"]

    first = client.get(address(page))
    pdf = body_of(first)
    second = body_of(client.get(address(page)))

    assert first.status_code == 200
    assert first["Content-Type"] == "application/pdf"
    assert first["Content-Disposition"] == 'attachment; filename="1.1-three-elements-ro.pdf"'
    assert "Asistența vine întâi." in words_of(pdf)
    assert pdf == second
    stored = Print.objects.get()
    assert (stored.language, stored.size, stored.pages >= 1) == ("ro", len(pdf), True)


def test_published_change_is_in_the_next_download(client, manual):
    page = manual["en"]["m01-1"]
    body_of(client.get(address(page)))

    change(page, body=[("text", "<p>Wholly new words.</p>")])

    assert "Wholly new words." in words_of(body_of(client.get(address(page))))


def test_draft_is_not_in_the_download(client, manual):
    page = manual["en"]["m01-1"]
    page.body = [("text", "<p>Secret draft.</p>")]
    page.save_revision()

    assert "Secret draft" not in words_of(body_of(client.get(address(page))))


def test_new_number_of_a_helpline_makes_a_new_print(client, manual, admin, browser_of):
    page = manual["en"]["m01-1"]
    line = HelplineFactory(number="0800 800 678")
    before = words_of(body_of(client.get(address(page))))

    change_helpline(browser_of(admin), line, "0800 999 999")

    assert "0800 800 678" in before
    assert "0800 999 999" in words_of(body_of(client.get(address(page))))


def test_browser_that_has_the_print_is_not_sent_it_again(client, manual):
    page = manual["en"]["m01-1"]
    first = client.get(address(page))
    body_of(first)

    etag = first["ETag"]

    assert client.get(address(page), headers={"If-None-Match": etag}).status_code == 304


def test_lost_file_is_printed_again(client, manual):
    page = manual["en"]["m01-1"]
    body_of(client.get(address(page)))
    stored = Print.objects.get()
    stored.file.storage.delete(stored.file.name)

    assert body_of(client.get(address(page))).startswith(b"%PDF")
    assert Print.objects.count() == 1


def test_closed_page_is_given_to_nobody_who_may_not_read_it(client, manual, browser_of, carol):
    manual["en"]["m01"].view_restrictions.create(restriction_type="login")
    page = manual["en"]["m01-1"]

    response = client.get(address(page))

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/") or "/accounts/login/" in response.url
    assert body_of(browser_of(carol).get(address(page))).startswith(b"%PDF")


@pytest.mark.parametrize("key", ["home", "draft", "missing"])
def test_what_has_no_print_is_not_found(client, manual, key):
    page = manual["en"]["m01-1"]
    if key == "draft":
        page.unpublish()
    number = {"home": manual["en"]["manual"].get_parent().pk, "draft": page.pk, "missing": 999_999}[key]

    assert client.get(f"/en/manual/print/{number}.pdf").status_code == 404


def test_module_is_printed_by_the_worker_while_the_page_waits(client, manual, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": ["default"]}}
    from django_tasks import default_task_backend

    default_task_backend.clear()
    page = manual["en"]["m01"]

    first, second = client.get(address(page)), client.get(address(page))

    assert (first.status_code, second.status_code) == (202, 202)
    assert '<meta http-equiv="refresh" content="5">' in first.content.decode()
    assert len(default_task_backend.results) == 1
    assert not Print.objects.exists()


def test_module_holds_its_introduction_and_its_chapters(client, manual):
    page = manual["en"]["m01"]

    response = client.get(address(page), follow=True)

    words = words_of(body_of(response))
    assert "The three elements" in words
    assert "What it is not" in words
    assert Print.objects.get().pages > 1


def test_changed_chapter_makes_a_new_print_of_its_module(client, manual):
    body_of(client.get(address(manual["en"]["m01"]), follow=True))

    change(manual["en"]["m01-2"], body=[("text", "<p>Wholly new words.</p>")])

    assert "Wholly new words." in words_of(body_of(client.get(address(manual["en"]["m01"]), follow=True)))


def test_failed_print_is_a_calm_page(client, manual, settings, monkeypatch):
    # The press is the outside world: it is made to fail as it does without Pango.
    from manual.services import prints
    from printing.press import PrintError

    def broken(*args, **kwargs):
        raise PrintError("engine_missing")

    monkeypatch.setattr(prints, "print_pdf", broken)

    response = client.get(address(manual["en"]["m01-1"]))

    assert response.status_code == 503
    assert "The PDF could not be made" in response.content.decode()
    assert "libpango" in response.content.decode()
    assert response["Retry-After"] == "60"


def test_download_panel_offers_every_language(client, manual):
    page = manual["en"]["m01-1"]
    body_of(client.get(address(page)))

    html = client.get(page.url).content.decode()

    assert address(page) in html
    assert address(manual["ro"]["m01-1"]) in html
    assert "PDF, 1 page, " in html


def test_publishing_prints_the_chapter(client, manual, elena, django_capture_on_commit_callbacks):
    page = manual["en"]["m01-1"]

    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision(user=elena).publish(user=elena)

    assert Print.objects.filter(page_key=page.translation_key).count() == 1


def test_loading_prints_nothing(homes, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("load_manual", stdout=io.StringIO())

    assert not Print.objects.exists()


def test_download_again_is_cheap(client, manual, django_assert_max_num_queries):
    page = manual["en"]["m01-1"]
    for _ in range(2):
        body_of(client.get(address(page)))

    with django_assert_max_num_queries(2):
        body_of(client.get(address(page)))


def test_print_manual_writes_a_file(manual, tmp_path):
    out = tmp_path / "chapter.pdf"

    call_command("print_manual", what="chapter", key="m01-1", language="ro", out=out, stdout=io.StringIO())

    assert "Cele trei elemente" in words_of(out.read_bytes())


def test_print_manual_says_what_is_missing(manual, tmp_path):
    with pytest.raises(CommandError, match="no published chapter “m99-1” in the language “nb”"):
        call_command("print_manual", what="chapter", key="m99-1", language="nb", out=tmp_path / "x.pdf")


def test_whole_manual_holds_its_modules_and_the_glossary(client, manual, tmp_path):
    GlossaryTermFactory(key="referral", term_en="referral", definition_en="Handing over to another service.")
    page = manual["en"]["manual"]

    waiting = client.get(address(page))
    words = words_of(body_of(client.get(address(page))))

    assert waiting.status_code in {202, 302}
    assert [said in words for said in ("What trafficking is", "The three elements", "What it is not")] == [True] * 3
    assert words.index("The three elements") < words.index("Handing over to another service.")
    assert words.count("Glossary") >= 2
    assert Print.objects.filter(page_key=page.translation_key).count() == 1


def test_changed_chapter_makes_a_new_print_of_the_manual(client, manual):
    page = manual["en"]["manual"]
    client.get(address(page))
    change(manual["en"]["m01-2"], title="Another title")

    client.get(address(page))
    words = words_of(body_of(client.get(address(page))))

    assert "Another title" in words


def test_changed_title_of_the_manual_makes_a_new_print_of_it(client, manual):
    page = manual["en"]["manual"]
    client.get(address(page))
    change(page, title="Another name for it all")

    client.get(address(page))

    assert "Another name for it all" in words_of(body_of(client.get(address(page))))


def test_manual_offers_its_pdf(client, manual):
    page = manual["en"]["manual"]

    html = client.get(page.url).content.decode()

    assert address(page) in html


def test_print_manual_writes_the_whole_manual(manual, tmp_path):
    call_command("print_manual", "--what=manual", "--key=manual", f"--out={tmp_path / 'all.pdf'}", stdout=io.StringIO())

    assert "The three elements" in words_of((tmp_path / "all.pdf").read_bytes())
