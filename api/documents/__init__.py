"""Papers people sign, carry and hand over: PDFs in the reader's language, each of which can be checked."""

import api.pages  # noqa: F401 - its list of doors names ours: loaded first, neither finds the other half-made
