package dev.paddock.dataset.upload;

import dev.paddock.kit.artifacts.Digest;

/** An upload's bytes and its rows in the form of {@link dev.paddock.dataset.row.Example}, both stored. */
record StoredRows(UploadFormat format, Digest digest, Digest rowsDigest, int rows) {}
