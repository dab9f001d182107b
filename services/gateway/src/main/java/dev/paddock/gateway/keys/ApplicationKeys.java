package dev.paddock.gateway.keys;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All keys, each of one tenant; only the digest of a presented value finds one without naming its tenant. */
interface ApplicationKeys extends Repository<ApplicationKey, UUID> {
    ApplicationKey save(ApplicationKey key);

    Optional<ApplicationKey> findByDigest(String digest);

    Optional<ApplicationKey> findByTenantAndId(String tenant, UUID id);

    Optional<ApplicationKey> findByTenantAndCreatedByAndIdempotencyKey(
            String tenant, String createdBy, String idempotencyKey);

    @Query("select k from ApplicationKey k where k.tenant = :tenant and k.id < :before order by k.id desc")
    List<ApplicationKey> page(String tenant, UUID before, Limit limit);

    @Modifying
    @Query("update ApplicationKey k set k.lastUsedAt = :now where k.id = :id and k.tenant = :tenant"
            + " and (k.lastUsedAt is null or k.lastUsedAt < :stale)")
    void markUsed(String tenant, UUID id, Instant now, Instant stale);
}
