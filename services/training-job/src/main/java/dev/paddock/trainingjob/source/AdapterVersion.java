package dev.paddock.trainingjob.source;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** An adapter that a job made, with the whole model it sits on. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are only queried
public class AdapterVersion {
    @Id
    private UUID id;

    private String tenant;
    private String name;
    private String digest;
    private UUID baseId;
    private String baseDigest;

    @SuppressWarnings("NullAway.Init")
    protected AdapterVersion() {}

    AdapterVersion(UUID id, String tenant, String name, String digest, UUID baseId, String baseDigest) {
        this.id = id;
        this.tenant = tenant;
        this.name = name;
        this.digest = digest;
        this.baseId = baseId;
        this.baseDigest = baseDigest;
    }

    public UUID id() {
        return id;
    }

    public String digest() {
        return digest;
    }

    public UUID baseId() {
        return baseId;
    }

    public String baseDigest() {
        return baseDigest;
    }
}
