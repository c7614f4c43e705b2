"""A module's question files become questions, a quiz and its pages; an editor's changes are met, not run over."""

import json
from collections.abc import Container, Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from wagtail.models import Locale

from manual.models import LoadedFile, ManualPage, ModulePage
from manual.services import Deed
from manual.text import translation_key
from quizzes.exchange import Bank, BankQuestion, BankQuiz, Face, Wording
from quizzes.models import Question, Quiz, QuizPage
from quizzes.services.errors import QuizError

QUIZ_SLUG = "quiz"


@dataclass(frozen=True)
class BankOutcome:
    """What was done with one question, quiz or quiz page, and why."""

    name: str
    deed: Deed
    note: str = ""


@transaction.atomic
def load_questions(
    *, module_key: str, bank: Bank, prefer_files: Container[str] = (), prefer_pages: Container[str] = ()
) -> list[BankOutcome]:
    """Make or update the questions and the quiz of a module, or none of them; loading twice changes nothing.

    What both a file and an editor have changed is reported as a conflict, until the key stands among the files or the
    pages preferred. A question that has left the files is unpublished, because attempts may hang on it. Attempts that
    have begun keep the revisions they were served.
    """
    loader = _Loader(module_key, prefer_files, prefer_pages)
    outcomes = [loader.quiz(bank.quiz)]
    for language in bank.quiz.faces:
        outcomes += loader.language(bank, language)
    return outcomes


@transaction.atomic
def load_tests(
    *,
    manual_key: str,
    tests: Iterable[BankQuiz],
    prefer_files: Container[str] = (),
    prefer_pages: Container[str] = (),
) -> list[BankOutcome]:
    """Make or update the knowledge tests and their pages under the manual; their questions are the modules'."""
    loader = _Loader(manual_key, prefer_files, prefer_pages)
    outcomes = []
    for test in tests:
        outcomes.append(loader.quiz(test))
        for language, face in test.faces.items():
            locale = Locale.objects.get(language_code=language)
            outcomes.append(_FaceEntry(loader, test, face, locale).load(language))
    return outcomes


class _Loader:
    """Loads one module; knows what was there before, so that each table is asked once for a language."""

    def __init__(self, module_key: str, prefer_files: Container[str], prefer_pages: Container[str]) -> None:
        self.module_key, self.prefer_files, self.prefer_pages = module_key, prefer_files, prefer_pages

    def quiz(self, said: BankQuiz) -> BankOutcome:
        rules = asdict(said) | {"rule": said.rule.value, "module_key": self.module_key}
        del rules["faces"], rules["key"]
        quiz = Quiz.objects.filter(key=said.key).first()
        if quiz and {name: getattr(quiz, name) for name in rules} == rules:
            return BankOutcome(said.key, Deed.UNCHANGED)
        deed = Deed.UPDATED if quiz else Deed.CREATED
        quiz = quiz or Quiz(key=said.key)
        for name, value in rules.items():
            setattr(quiz, name, value)
        quiz.full_clean()
        quiz.save()
        return BankOutcome(said.key, deed)

    def language(self, bank: Bank, language: str) -> Iterable[BankOutcome]:
        locale = Locale.objects.get(language_code=language)
        name = f"{language}/{self.module_key}"
        yield _FaceEntry(self, bank.quiz, bank.quiz.faces[language], locale).load(name)
        known = {
            question.key: question
            for question in Question.objects.filter(module_key=self.module_key, locale=locale).prefetch_related("tags")
        }
        for question in bank.questions:
            if wording := question.wordings.get(language):
                entry = _QuestionEntry(self, question, wording, locale, known.pop(question.key, None))
                yield entry.load(name)
            elif question.key not in known:
                yield BankOutcome(f"{name} {question.key}", Deed.UNCHANGED, "not translated yet")
        yield from self.retire(known.values(), locale, name)

    def retire(self, left: Iterable[Question], locale: Locale, name: str) -> Iterable[BankOutcome]:
        """Unpublish what came from a file once and stands in none any more; what editors made themselves stays."""
        for question in left:
            loaded = LoadedFile.objects.filter(key=question.key, language=locale.language_code).first()
            if loaded and question.live:
                question.unpublish(log_action=True)
                loaded.file_digest, loaded.page_digest = "", digest(_QuestionEntry.read(question))
                loaded.loaded = timezone.now()
                loaded.save()
                yield BankOutcome(f"{name} {question.key}", Deed.UPDATED, "unpublished, it stands in no file")


class _Entry:
    """One thing in one language that a file says and an editor may change: the three-way rule of the manual."""

    key: str
    said: dict[str, Any]

    def __init__(self, loader: _Loader, locale: Locale) -> None:
        self.loader, self.locale = loader, locale

    def find(self) -> Any:
        raise NotImplementedError

    def make(self) -> Any:
        raise NotImplementedError

    def write(self, row: Any) -> None:
        raise NotImplementedError

    @staticmethod
    def read(row: Any) -> dict[str, Any]:
        raise NotImplementedError

    def load(self, name: str) -> BankOutcome:
        name = f"{name} {self.key}"
        row = self.find()
        if row is None:
            row = self.make()
            if row is None:
                return BankOutcome(name, Deed.KEPT, "the module has no page in this language yet")
            self._publish(row)
            return BankOutcome(name, self._remember(Deed.CREATED))
        draft = row.get_latest_revision_as_object() if row.latest_revision_id else row
        file_digest, row_digest = digest(self.said), digest(self.read(draft))
        loaded = LoadedFile.objects.filter(key=self.key, language=self.locale.language_code).first()
        if file_digest == row_digest:
            if not loaded or {loaded.file_digest, loaded.page_digest} != {file_digest}:
                self._remember(Deed.UNCHANGED)
            return BankOutcome(name, Deed.UNCHANGED)
        file_changed = not loaded or loaded.file_digest != file_digest
        row_changed = not loaded or loaded.page_digest != row_digest
        if self.key not in self.loader.prefer_files:
            if not file_changed:
                return BankOutcome(name, Deed.KEPT, "an editor has changed it")
            if row_changed and self.key in self.loader.prefer_pages:
                return BankOutcome(name, self._remember(Deed.KEPT, row_digest), "the editor's text stands")
            if row_changed:
                return BankOutcome(name, Deed.CONFLICT, "file and editor have both changed it")
        self.write(draft)
        self._check(draft)
        self._publish(draft)
        return BankOutcome(name, self._remember(Deed.UPDATED))

    def _publish(self, row: Any) -> None:
        """Publish what was checked before; a thousand questions are not checked twice."""
        row.save_revision(clean=False, log_action=True).publish(log_action=True)

    def _check(self, row: Any) -> None:
        try:
            row.full_clean()
        except ValidationError as error:
            raise QuizError(
                "refused", f"{self.locale.language_code} {self.key}: {'; '.join(error.messages)}"
            ) from error

    def _remember(self, deed: Deed, row_digest: str = "") -> Deed:
        LoadedFile.objects.update_or_create(
            key=self.key,
            language=self.locale.language_code,
            defaults={
                "path": f"{self.locale.language_code}/{self.loader.module_key}/questions.yaml",
                "file_digest": digest(self.said),
                "page_digest": row_digest or digest(self.said),
                "loaded": timezone.now(),
            },
        )
        return deed


class _QuestionEntry(_Entry):
    """A question in one language."""

    def __init__(
        self, loader: _Loader, question: BankQuestion, wording: Wording, locale: Locale, row: Question | None
    ) -> None:
        super().__init__(loader, locale)
        self.key, self.row = question.key, row
        self.said = {
            "use": question.use.value,
            "kind": question.kind.value,
            "module_key": loader.module_key,
            "chapter_key": question.chapter,
            "anchor": question.anchor,
            "prompt": wording.prompt,
            "feedback": wording.feedback,
            "options": [asdict(option) for option in wording.options],
            "tags": sorted({tag.casefold() for tag in question.tags}),
            "live": True,
        }

    def find(self) -> Question | None:
        return self.row

    def make(self) -> Question:
        row = Question(key=self.key, translation_key=translation_key(self.key), locale=self.locale)
        self.write(row)
        self._check(row)
        row.save()
        return row

    def write(self, row: Question) -> None:
        for name, value in self.said.items():
            if name == "tags":
                row.tags.set(value)
            elif name == "options":
                row.options = json.dumps([{"type": "option", "value": option} for option in value])
            elif name != "live":
                setattr(row, name, value)

    @staticmethod
    def read(row: Question) -> dict[str, Any]:
        return {
            "use": row.use,
            "kind": row.kind,
            "module_key": row.module_key,
            "chapter_key": row.chapter_key,
            "anchor": row.anchor,
            "prompt": row.prompt,
            "feedback": row.feedback,
            "options": [asdict(option) for option in row.option_values],
            "tags": sorted(tag.name.casefold() for tag in row.tags.all()),
            "live": row.live,
        }


class _FaceEntry(_Entry):
    """The page of a quiz in one language."""

    def __init__(self, loader: _Loader, quiz: BankQuiz, face: Face, locale: Locale) -> None:
        super().__init__(loader, locale)
        self.key, self.said = quiz.key, {"title": face.title, "intro": face.intro, "live": True}
        self.picks = quiz.picks

    def find(self) -> QuizPage | None:
        return QuizPage.objects.filter(translation_key=translation_key(self.key), locale=self.locale).first()

    def make(self) -> QuizPage | None:
        model = ManualPage if self.picks else ModulePage
        parent = model.objects.filter(key=self.loader.module_key, locale=self.locale).first()
        if parent is None:
            return None
        row = QuizPage(
            quiz=Quiz.objects.get(key=self.key),
            slug=self.key if self.picks else QUIZ_SLUG,
            translation_key=translation_key(self.key),
            locale=self.locale,
        )
        self.write(row)
        parent.add_child(instance=row)
        return row

    def write(self, row: QuizPage) -> None:
        row.title, row.draft_title, row.intro = self.said["title"], self.said["title"], self.said["intro"]

    @staticmethod
    def read(row: QuizPage) -> dict[str, Any]:
        return {"title": row.title, "intro": row.intro, "live": row.live}


def digest(said: dict[str, Any]) -> str:
    """Name what a question or a page says; the same for a file and for the row that was made from it."""
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
