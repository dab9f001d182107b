package dev.paddock.dataset.document;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An uploaded document; until it is deleted its bytes and its blocks of text are blobs of the source store. */
@Entity
public class Document {
    @Id
    private UUID id;

    @Column
    private String tenant;

    @Column
    private String name;

    @Column
    private String digest;

    @Column
    private String textDigest;

    @Column
    private String mediaType;

    @Column
    private long characters;

    @Column
    private String createdBy;

    @Column
    private Instant createdAt;

    @Version
    private long version;

    @Column
    private @Nullable String deletedBy;

    @Column
    private @Nullable Instant deletedAt;

    @SuppressWarnings("NullAway.Init")
    protected Document() {}

    Document(UUID id, String tenant, String name, StoredText text, String createdBy, Instant createdAt) {
        this.id = id;
        this.tenant = tenant;
        this.name = name;
        this.digest = text.digest().value();
        this.textDigest = text.textDigest().value();
        this.mediaType = text.mediaType();
        this.characters = text.characters();
        this.createdBy = createdBy;
        this.createdAt = createdAt;
    }

    void markDeleted(String by, Instant at) {
        this.deletedBy = by;
        this.deletedAt = at;
    }

    boolean isDeleted() {
        return deletedAt != null;
    }

    public UUID id() {
        return id;
    }

    public String tenant() {
        return tenant;
    }

    public String name() {
        return name;
    }

    public String digest() {
        return digest;
    }

    /** The blob of its blocks, one JSON line each. */
    public String textDigest() {
        return textDigest;
    }

    long version() {
        return version;
    }

    DocumentView view() {
        return new DocumentView(id, name, digest, mediaType, characters, createdBy, createdAt, deletedBy, deletedAt);
    }
}
