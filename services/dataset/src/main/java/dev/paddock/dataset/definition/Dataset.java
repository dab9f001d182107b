package dev.paddock.dataset.definition;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A name under which versions are published. */
@Entity
public class Dataset {
    @Id
    private UUID id;

    @Column
    private String tenant;

    @Column
    private String name;

    @Column
    private @Nullable String description;

    @Version
    private long version;

    @Column
    private String createdBy;

    @Column
    private Instant createdAt;

    @Column
    private @Nullable String deletedBy;

    @Column
    private @Nullable Instant deletedAt;

    @SuppressWarnings("NullAway.Init")
    protected Dataset() {}

    Dataset(UUID id, String tenant, NewDataset wanted, String createdBy, Instant createdAt) {
        this.id = id;
        this.tenant = tenant;
        this.name = wanted.name();
        this.description = wanted.description();
        this.createdBy = createdBy;
        this.createdAt = createdAt;
    }

    void describe(@Nullable String text) {
        this.description = text;
    }

    public void markDeleted(String by, Instant at) {
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

    public long version() {
        return version;
    }

    DatasetView view() {
        return new DatasetView(id, name, description, createdBy, createdAt, deletedBy, deletedAt);
    }
}
