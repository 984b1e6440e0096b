"""The journey of a writer: form, preview, save, conflict."""
