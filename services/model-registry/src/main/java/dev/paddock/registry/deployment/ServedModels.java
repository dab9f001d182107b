package dev.paddock.registry.deployment;

import dev.paddock.contracts.registry.ServedModel;
import dev.paddock.registry.version.VersionKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is to be served now: every live deployment with the digests that a worker loads. */
@Repository
class ServedModels {
    private static final String LIVE = """
            SELECT deployment.tenant, deployment.model, deployment.version_id, deployment.base_version_id,
                   deployment.policy_id, deployment.deployed_at, version.kind, version.digest,
                   base.name AS base_name, base.digest AS base_digest
            FROM deployment
            JOIN model_version version ON version.id = deployment.version_id
            JOIN model_version base ON base.id = deployment.base_version_id
            WHERE deployment.state = 'LIVE' AND (:tenant::text IS NULL OR deployment.tenant = :tenant)
            ORDER BY deployment.tenant, deployment.model
            """;

    private final JdbcClient database;

    ServedModels(JdbcClient database) {
        this.database = database;
    }

    /** Of one tenant, or of all for null. */
    List<ServedModel> live(@Nullable String tenant) {
        return database.sql(LIVE)
                .param("tenant", tenant)
                .query(ServedModels::served)
                .list();
    }

    private static ServedModel served(ResultSet row, int number) throws SQLException {
        String kind = row.getString("kind");
        String digest = row.getString("digest");
        return new ServedModel(
                row.getString("model"),
                row.getObject("version_id", UUID.class),
                kind,
                digest,
                row.getObject("base_version_id", UUID.class),
                row.getString("base_name"),
                row.getString("base_digest"),
                VersionKind.valueOf(kind).whole() ? null : digest,
                row.getObject("policy_id", UUID.class),
                row.getObject("deployed_at", OffsetDateTime.class).toInstant(),
                row.getString("tenant"));
    }
}
