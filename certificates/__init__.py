"""Attests: certificates, their verification, revocation and replacement."""
