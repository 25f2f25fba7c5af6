"""Papers people sign, carry and hand over: PDFs in the reader's language, each of which can be checked."""
