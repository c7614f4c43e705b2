"""Turns HTML into PDF behind one fence: `printing.press.print_pdf` is the only door."""
