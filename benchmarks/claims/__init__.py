"""Every claim of the articles against the model, as docs/protocol.md states it."""
