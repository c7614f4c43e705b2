"""The person's own page, and the door for those who were invited; signing in is allauth's."""

app_name = "accounts"

urlpatterns: list = []
