package dev.paddock.dataset.document;

import dev.paddock.kit.artifacts.Digest;

/** A document's bytes and the text found in them, both stored. */
record StoredText(Digest digest, Digest textDigest, String mediaType, long characters) {}
