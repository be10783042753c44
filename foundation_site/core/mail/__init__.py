"""Letters to people: one way to write them, in their language, queued with the change that caused them."""
