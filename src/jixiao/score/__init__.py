"""评分: self-evaluation and monitoring, every score with its formula, rule and source."""
