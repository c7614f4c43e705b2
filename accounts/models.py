"""People and the organisations they come from."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """An employer or partner; what reports count by."""

    class Kind(models.TextChoices):
        CHILD_PROTECTION = "dgaspc", _("County social assistance and child protection (DGASPC)")
        LOCAL_SERVICE = "spas", _("Municipal social service")
        NGO = "ngo", _("Non-governmental organisation")
        HEALTH = "health", _("Health service")
        SCHOOL = "school", _("School or university")
        POLICE = "police", _("Police")
        JUSTICE = "justice", _("Prosecution or court")
        CENTRAL = "central", _("Central authority")
        CHILD_WELFARE = "barnevern", _("Child welfare service (barnevern)")
        WELFARE = "nav", _("Labour and welfare service (NAV)")
        CRISIS_CENTRE = "krisesenter", _("Crisis centre")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.OTHER)
    county = models.CharField(_("county"), max_length=60, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters, such as RO or NO."))

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager):
    """Makes people who sign in with their e-mail address."""

    use_in_migrations = False

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make the first administrator, whose address counts as confirmed: nobody else could let them in."""
        from allauth.account.models import EmailAddress

        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        return user


class User(AbstractUser):
    """A person who signs in; the name is kept as it is printed on documents."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(
        _("full name"), max_length=200, help_text=_("As on your identity document; it is printed on certificates.")
    )
    profession = models.CharField(_("profession"), max_length=100, blank=True)
    professional_code = models.CharField(
        _("professional code"),
        max_length=40,
        blank=True,
        help_text=_("For example CNASR, CPR or HPR. It is never required."),
    )
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("organisation"),
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    is_demo = models.BooleanField(_("demonstration account"), default=False, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email


def display_name(user: User) -> str:
    """Name a person in messages."""
    return str(user)


class Invitation(models.Model):
    """A single-use door to an account; it expires and never overwrites anyone.

    Only the digest of the token is kept: whoever reads the database cannot use the door.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("full name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    cohort_key = models.CharField(max_length=60, blank=True, help_text=_("The cohort a place is kept in."))
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations_sent")
    created = models.DateTimeField(_("sent"), auto_now_add=True)
    expires = models.DateTimeField(_("expires"))
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations_accepted"
    )
    accepted = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="accounts_invitation_accepted_by_somebody",
                condition=models.Q(accepted__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted__isnull=False, accepted_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.email

    def state_at(self, now: datetime) -> "Invitation.State":
        """Say whether the door is open, was used, was closed by hand or by time."""
        if self.accepted:
            return self.State.ACCEPTED
        if self.withdrawn:
            return self.State.WITHDRAWN
        return self.State.EXPIRED if self.expires <= now else self.State.OPEN
