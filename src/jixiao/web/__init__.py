"""网页应用: fill in, audit while typing, submit, review, approve; a Django project over the core."""
