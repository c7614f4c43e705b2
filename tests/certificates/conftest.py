"""A finished course, and who the provider is."""

from wagtail.models import Site

import pytest

from pages.models import SiteSettings
from tests.factories.certificates import certificate_of, complete


@pytest.fixture
def provider(homes):
    return SiteSettings.objects.create(
        site=Site.objects.get(is_default_site=True),
        provider_name="Centrul Comunitar Lunca",
        provider_line="furnizor de formare, Iași",
        signatory_name="Ștefan Dobre",
        signatory_title="coordonator",
    )


@pytest.fixture
def completion(anas_place, provider):
    return complete(anas_place)


@pytest.fixture
def certificate(completion):
    return certificate_of(completion.enrolment)
