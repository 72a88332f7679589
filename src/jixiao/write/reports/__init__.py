"""Tables to fill with actuals, and the forms of monitoring, self-evaluation and re-check."""
