package dev.paddock.guard.verdict;

import dev.paddock.guard.judge.Case;
import dev.paddock.guard.judge.Judgement;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A verdict on record; of the judged text only the digest is kept. */
@Entity
@Immutable
@Table(name = "verdict")
public class VerdictRecord {
    @Id
    private UUID id;

    private String tenant;
    private UUID policyId;
    private int policyVersion;
    private UUID guardVersionId;
    private String role;
    private boolean safe;
    private String categories;
    private double score;
    private String textDigest;
    private int windows;
    private Instant reachedAt;

    @SuppressWarnings("NullAway.Init")
    protected VerdictRecord() {}

    VerdictRecord(UUID id, Case judged, Judgement judgement, String textDigest, Instant reachedAt) {
        this.id = id;
        this.tenant = judged.policy().tenant();
        this.policyId = judged.policy().policyId();
        this.policyVersion = judged.policy().version();
        this.guardVersionId = judged.guard().versionId();
        this.role = judged.role();
        this.safe = judgement.safe();
        this.categories = String.join(",", judgement.categories());
        this.score = judgement.score();
        this.textDigest = textDigest;
        this.windows = judgement.windows();
        this.reachedAt = reachedAt;
    }

    public UUID id() {
        return id;
    }

    public String tenant() {
        return tenant;
    }

    public UUID policyId() {
        return policyId;
    }

    public int policyVersion() {
        return policyVersion;
    }

    public UUID guardVersionId() {
        return guardVersionId;
    }

    public String role() {
        return role;
    }

    public boolean safe() {
        return safe;
    }

    public List<String> categories() {
        return categories.isEmpty() ? List.of() : Arrays.asList(categories.split(",", -1));
    }

    public double score() {
        return score;
    }

    public String textDigest() {
        return textDigest;
    }

    public int windows() {
        return windows;
    }

    public Instant reachedAt() {
        return reachedAt;
    }
}
