package dev.paddock.dataset.version;

import dev.paddock.dataset.DatasetProblem;
import dev.paddock.dataset.row.RowJson;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.problem.ProblemException;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.type.TypeReference;

/** An immutable version; only its state changes, once, from published to deleted. */
@Entity
public class DatasetVersion {
    static final String PUBLISHED = "PUBLISHED";
    static final String DELETED = "DELETED";

    @Id
    private UUID id;

    @Column
    private String tenant;

    @Column
    private UUID datasetId;

    @Column
    private int number;

    @Column
    private String digest;

    @Column
    private String decisionsDigest;

    @Column
    private String recipe;

    @Column
    private String parameters;

    @Column
    private String documentIds;

    @Column
    private String uploadIds;

    @Column
    private double testShare;

    @Column
    private long testSeed;

    @Column
    private int trainRows;

    @Column
    private int testRows;

    @Column
    private int droppedRows;

    @Column
    private int changedRows;

    @Column
    private String reasons;

    @Column
    private String state;

    @Version
    private long version;

    @Column
    private String createdBy;

    @Column
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected DatasetVersion() {}

    DatasetVersion(UUID id, String tenant, UUID datasetId, int number, String createdBy, Instant createdAt) {
        this.id = id;
        this.tenant = tenant;
        this.datasetId = datasetId;
        this.number = number;
        this.createdBy = createdBy;
        this.createdAt = createdAt;
        this.state = PUBLISHED;
        this.digest = "";
        this.decisionsDigest = "";
        this.recipe = "";
        this.parameters = "";
        this.documentIds = "";
        this.uploadIds = "";
        this.reasons = "";
    }

    DatasetVersion madeOf(VersionOrder order, String parametersJson) {
        this.recipe = order.recipe();
        this.parameters = parametersJson;
        this.documentIds = RowJson.MAPPER.writeValueAsString(order.documentIds());
        this.uploadIds = RowJson.MAPPER.writeValueAsString(order.uploadIds());
        this.testShare = order.split().shareOrDefault();
        this.testSeed = order.split().seedOrDefault();
        return this;
    }

    DatasetVersion containing(BuiltVersion built) {
        this.digest = built.digest().value();
        this.decisionsDigest = built.decisions().value();
        this.trainRows = built.counts().train();
        this.testRows = built.counts().test();
        this.droppedRows = built.counts().dropped();
        this.changedRows = built.counts().changed();
        this.reasons = RowJson.MAPPER.writeValueAsString(built.reasons());
        return this;
    }

    void markDeleted() {
        requirePublished();
        this.state = DELETED;
    }

    void requirePublished() {
        if (!PUBLISHED.equals(state)) {
            throw new ProblemException(
                    DatasetProblem.VERSION_DELETED, "dataset version " + id + " was deleted: make a new one");
        }
    }

    UUID id() {
        return id;
    }

    int number() {
        return number;
    }

    UUID datasetId() {
        return datasetId;
    }

    long version() {
        return version;
    }

    Digest digest() {
        return new Digest(digest);
    }

    Digest decisions() {
        return new Digest(decisionsDigest);
    }

    VersionView view() {
        return new VersionView(
                id,
                datasetId,
                number,
                digest,
                recipe,
                RowJson.MAPPER.readTree(parameters),
                RowJson.MAPPER.readValue(documentIds, new TypeReference<>() {}),
                RowJson.MAPPER.readValue(uploadIds, new TypeReference<>() {}),
                new TestSplit(testShare, testSeed),
                new Counts(trainRows, testRows, droppedRows, changedRows),
                RowJson.MAPPER.readValue(reasons, new TypeReference<Map<String, Integer>>() {}),
                state,
                createdBy,
                createdAt);
    }
}
