package dev.paddock.dataset.upload;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** Rows uploaded to a dataset, kept in one form whatever format they came in. */
@Entity
public class Upload {
    @Id
    private UUID id;

    @Column
    private String tenant;

    @Column
    private UUID datasetId;

    @Column
    private String format;

    @Column
    private String digest;

    @Column
    private String rowsDigest;

    @Column
    private int rowCount;

    @Column
    private String createdBy;

    @Column
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Upload() {}

    Upload(UUID id, String tenant, UUID datasetId, StoredRows rows, String createdBy, Instant createdAt) {
        this.id = id;
        this.tenant = tenant;
        this.datasetId = datasetId;
        this.format = rows.format().id();
        this.digest = rows.digest().value();
        this.rowsDigest = rows.rowsDigest().value();
        this.rowCount = rows.rows();
        this.createdBy = createdBy;
        this.createdAt = createdAt;
    }

    public UUID id() {
        return id;
    }

    public String tenant() {
        return tenant;
    }

    /** The blob of its bytes. */
    public String digest() {
        return digest;
    }

    /** The blob of its examples, one JSON line each. */
    public String rowsDigest() {
        return rowsDigest;
    }

    UploadView view() {
        return new UploadView(id, datasetId, format, rowCount, digest, createdBy, createdAt);
    }
}
