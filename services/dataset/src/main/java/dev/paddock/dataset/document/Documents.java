package dev.paddock.dataset.document;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All documents; every query names the tenant. */
public interface Documents extends Repository<Document, UUID> {
    Document save(Document document);

    Optional<Document> findByTenantAndId(String tenant, UUID id);

    Optional<Document> findByTenantAndDigest(String tenant, String digest);

    @Query("select d from Document d where d.tenant = :tenant and d.id < :before order by d.id desc")
    List<Document> page(String tenant, UUID before, Limit limit);
}
