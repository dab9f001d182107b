package dev.paddock.evaluation.run;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What evaluation knows of a registered version. */
@Entity
public class ModelVersion {
    @Id
    private UUID id;

    @Column
    private String tenant;

    @Column
    private String kind;

    @Column
    private String name;

    @Column
    private String digest;

    @Column
    private String baseDigest;

    @Column
    private @Nullable String datasetDigest;

    @SuppressWarnings("NullAway.Init")
    protected ModelVersion() {}

    ModelVersion(
            UUID id,
            String tenant,
            String kind,
            String name,
            String digest,
            String baseDigest,
            @Nullable String datasetDigest) {
        this.id = id;
        this.tenant = tenant;
        this.kind = kind;
        this.name = name;
        this.digest = digest;
        this.baseDigest = baseDigest;
        this.datasetDigest = datasetDigest;
    }

    public UUID id() {
        return id;
    }

    public String tenant() {
        return tenant;
    }

    /** Made by a job, so that there is a base to compare it with. */
    public boolean isCandidate() {
        return kind.equals("ADAPTER") || isWholeModel();
    }

    /** Asked by itself, and not as an adapter of its base. */
    public boolean isWholeModel() {
        return kind.equals("MODEL");
    }

    public String name() {
        return name;
    }

    public String digest() {
        return digest;
    }

    public String baseDigest() {
        return baseDigest;
    }

    public @Nullable String datasetDigest() {
        return datasetDigest;
    }
}
