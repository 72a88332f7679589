"""两上两下: the rounds of a year with their deadlines, reminders, and how far all units are."""
