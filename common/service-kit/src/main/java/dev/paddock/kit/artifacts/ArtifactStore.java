package dev.paddock.kit.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;

/** Blobs and folders by digest. A folder is a {@link Manifest} stored as a blob; its digest is the manifest's. */
public interface ArtifactStore {
    /** Stores the bytes unless they are there; {@code content} is read to its end and not closed. */
    Digest put(InputStream content) throws IOException;

    /**
     * Opens a blob. Reading it to the end checks the digest.
     *
     * @throws java.nio.file.NoSuchFileException when it is not in the store
     */
    InputStream open(Digest digest) throws IOException;

    boolean exists(Digest digest) throws IOException;

    /** Whether anything was ever put here and can be seen: false where the store's disk is away, and for a store that is new. */
    boolean hasContent();

    /** The blob's length in bytes. */
    long size(Digest digest) throws IOException;

    /** Stores every file below {@code folder} and their manifest. */
    Digest putFolder(Path folder) throws IOException;

    /** The manifest of a stored folder, checked. */
    Manifest manifest(Digest folder) throws IOException;

    /** Lays a stored folder out in {@code target}, with hard links where the store is on the same disk. Read only. */
    void materialize(Digest folder, Path target) throws IOException;

    /**
     * Reads every byte of a stored folder again.
     *
     * @throws DamagedArtifactException naming the first file that is missing or does not match
     */
    void verify(Digest folder) throws IOException;

    /**
     * A store of its own below this one: neither sees the other's blobs, so its owner may {@link #remove} what the owner no
     * longer refers to.
     *
     * @param area lower-case words, digits and dashes, with slashes between
     */
    ArtifactStore within(String area);

    /** Removes a blob if it is there. Only for an area whose every reference the caller knows. */
    void remove(Digest digest) throws IOException;

    /**
     * Removes all of this area but the given folders, as far as they are there. Only for an area whose every reference the caller
     * knows.
     *
     * @throws IllegalStateException when this is no area
     */
    void retain(Set<Digest> folders) throws IOException;

    /** Reads every byte of a blob again. */
    void verifyBlob(Digest digest) throws IOException;
}
