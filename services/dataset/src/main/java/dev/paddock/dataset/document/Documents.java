package dev.paddock.dataset.document;

import dev.paddock.dataset.DatasetProblem;
import dev.paddock.kit.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All documents, deleted ones included where nothing else is said; every query names the tenant. */
public interface Documents extends Repository<Document, UUID> {
    Document saveAndFlush(Document document);

    Optional<Document> findByTenantAndId(String tenant, UUID id);

    Optional<Document> findByTenantAndDigestAndDeletedAtIsNull(String tenant, String digest);

    @Query("select d from Document d where d.tenant = :tenant and d.deletedAt is null and d.id < :before"
            + " order by d.id desc")
    List<Document> page(String tenant, UUID before, Limit limit);

    default Document require(String tenant, UUID id) {
        return findByTenantAndId(tenant, id).orElseThrow(() -> ProblemException.notFound("document", id));
    }

    /** A document that still has its text. */
    default Document requireLive(String tenant, UUID id) {
        Document document = require(tenant, id);
        if (document.isDeleted()) {
            throw deleted(id);
        }
        return document;
    }

    static ProblemException deleted(UUID id) {
        return new ProblemException(
                DatasetProblem.DOCUMENT_DELETED,
                "document " + id + " was deleted: leave it out, or upload it again and name the new one");
    }
}
