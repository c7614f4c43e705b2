"""What `make trust` tries with: a server that can be killed, clients with a journal, and the scenarios."""
