"""The views of texts: one module for each thing a person does."""
