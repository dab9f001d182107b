package dev.paddock.trainingjob.source;

import dev.paddock.contracts.event.DatasetVersionDeleted;
import dev.paddock.contracts.event.DatasetVersionPublished;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** A dataset version that can be trained on until it is deleted. */
@Entity
@SuppressWarnings("UnusedVariable") // some columns are only queried
public class DatasetVersion {
    @Id
    private UUID id;

    private String tenant;
    private UUID datasetId;
    private String datasetName;
    private int number;
    private String digest;
    private int trainRows;
    private boolean deleted;

    @SuppressWarnings("NullAway.Init")
    protected DatasetVersion() {}

    DatasetVersion(DatasetVersionPublished published, String tenant) {
        this.id = published.versionId();
        this.tenant = tenant;
        this.datasetId = published.datasetId();
        this.datasetName = published.datasetName();
        this.number = published.number();
        this.digest = published.digest();
        this.trainRows = published.trainRows();
    }

    /** A version of which nothing is known but that it is deleted. */
    public DatasetVersion(DatasetVersionDeleted event, String tenant) {
        this.id = event.versionId();
        this.tenant = tenant;
        this.datasetId = event.datasetId();
        this.datasetName = "";
        this.digest = "";
        this.deleted = true;
    }

    public UUID id() {
        return id;
    }

    public UUID datasetId() {
        return datasetId;
    }

    public String digest() {
        return digest;
    }

    public int trainRows() {
        return trainRows;
    }

    public boolean deleted() {
        return deleted;
    }

    public void markDeleted() {
        this.deleted = true;
    }

    @Override
    public String toString() {
        return number == 0 ? "version " + id : "version %d of dataset '%s'".formatted(number, datasetName);
    }
}
