"""指标库: indicators recommended to who fills a form."""
