package dev.paddock.trainingjob.source;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A whole model that can be adapted: an import, or one that a job made. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are only queried
public class BaseVersion {
    @Id
    private UUID id;

    private String tenant;
    private String name;
    private String digest;
    private @Nullable UUID parentId;

    @SuppressWarnings("NullAway.Init")
    protected BaseVersion() {}

    BaseVersion(UUID id, String tenant, String name, String digest, @Nullable UUID parentId) {
        this.id = id;
        this.tenant = tenant;
        this.name = name;
        this.digest = digest;
        this.parentId = parentId;
    }

    public UUID id() {
        return id;
    }

    public String digest() {
        return digest;
    }

    /** The base that it was made from; null for an import. */
    public @Nullable UUID parentId() {
        return parentId;
    }
}
