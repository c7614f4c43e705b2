"""Records presence: study visits, training sessions, registers."""
