package dev.paddock.guard.policy;

import dev.paddock.contracts.guard.GuardCategory;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One version of a policy; never changed. A score at or above the threshold is unsafe. */
@Entity
@Immutable
@Table(name = "policy_version")
public class PolicyVersion {
    @Id
    private UUID id;

    private String tenant;
    private UUID policyId;
    private int version;
    private String name;

    @Convert(converter = CategoriesConverter.class)
    private List<GuardCategory> categories;

    private @Nullable UUID guardVersionId;
    private double threshold;
    private String publishedBy;
    private Instant publishedAt;

    @SuppressWarnings("NullAway.Init")
    protected PolicyVersion() {}

    PolicyVersion(UUID id, String tenant, UUID policyId, int version, NewPolicy content, String person, Instant now) {
        this.id = id;
        this.tenant = tenant;
        this.policyId = policyId;
        this.version = version;
        this.name = content.name();
        this.categories = List.copyOf(content.categories());
        this.guardVersionId = content.guardVersionId();
        this.threshold = content.threshold();
        this.publishedBy = person;
        this.publishedAt = now;
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

    public int version() {
        return version;
    }

    public String name() {
        return name;
    }

    public List<GuardCategory> categories() {
        return categories;
    }

    public @Nullable UUID guardVersionId() {
        return guardVersionId;
    }

    public double threshold() {
        return threshold;
    }

    public String publishedBy() {
        return publishedBy;
    }

    public Instant publishedAt() {
        return publishedAt;
    }
}
