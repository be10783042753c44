"""The staff desk of the register: lists and forms, and the pages that an edition is run from. Requests are never edited: staff take
the same steps as people do, by the same verbs. Whoever reads names leaves a line in the log."""
