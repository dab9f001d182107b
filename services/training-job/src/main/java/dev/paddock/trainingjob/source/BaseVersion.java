package dev.paddock.trainingjob.source;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** A base model that can be adapted. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are only queried
public class BaseVersion {
    @Id
    private UUID id;

    private String tenant;
    private String name;
    private String digest;

    @SuppressWarnings("NullAway.Init")
    protected BaseVersion() {}

    BaseVersion(UUID id, String tenant, String name, String digest) {
        this.id = id;
        this.tenant = tenant;
        this.name = name;
        this.digest = digest;
    }

    public UUID id() {
        return id;
    }

    public String digest() {
        return digest;
    }
}
