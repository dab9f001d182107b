package dev.paddock.guard.model;

import dev.paddock.contracts.inference.ModelReference;
import dev.paddock.guard.GuardProblem;
import dev.paddock.kit.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Guard versions, their bases and what is deployed, as model-registry told in whatever order. */
@Repository
public class Guards {
    private static final String GUARD = """
            SELECT guard.id, guard.digest, base.digest AS base_digest
            FROM known_guard guard JOIN known_base base ON base.id = guard.base_version_id
            """;

    private final JdbcClient database;

    Guards(JdbcClient database) {
        this.database = database;
    }

    /** The named guard version, or the one that is deployed latest for null; 503 where there is none. */
    public GuardModel find(String tenant, @Nullable UUID versionId) {
        return versionId == null ? deployed(tenant) : require(tenant, versionId);
    }

    public GuardModel require(String tenant, UUID versionId) {
        return database.sql(GUARD + "WHERE guard.tenant = ? AND guard.id = ?")
                .params(tenant, versionId)
                .query(Guards::guard)
                .optional()
                .orElseThrow(() -> new ProblemException(
                        GuardProblem.NO_GUARD_MODEL,
                        "guardVersionId is " + versionId + ", which is no imported guard: see GET /api/v1/guards"));
    }

    private GuardModel deployed(String tenant) {
        return database.sql(GUARD
                        + "JOIN known_deployment deployment ON deployment.tenant = guard.tenant"
                        + " AND deployment.version_id = guard.id"
                        + " WHERE guard.tenant = ? ORDER BY deployment.changed_at DESC LIMIT 1")
                .param(tenant)
                .query(Guards::guard)
                .optional()
                .orElseThrow(() -> new ProblemException(
                        GuardProblem.NO_GUARD_MODEL,
                        "no guard is deployed: import one with POST /api/v1/guards; until then nothing passes"));
    }

    void addBase(String tenant, UUID id, String digest) {
        database.sql("INSERT INTO known_base (id, tenant, digest) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .params(id, tenant, digest)
                .update();
    }

    void addGuard(String tenant, UUID id, String name, String digest, UUID baseVersionId) {
        database.sql("INSERT INTO known_guard (id, tenant, name, digest, base_version_id) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING")
                .params(id, tenant, name, digest, baseVersionId)
                .update();
    }

    /** Takes over a change unless a later one of the same model name is known; null: nothing is deployed any more. */
    void changeDeployment(String tenant, String model, @Nullable UUID versionId, Instant at) {
        database.sql("INSERT INTO known_deployment (tenant, model, version_id, changed_at)"
                        + " VALUES (:tenant, :model, :version::uuid, :at) ON CONFLICT (tenant, model) DO UPDATE"
                        + " SET version_id = excluded.version_id, changed_at = excluded.changed_at"
                        + " WHERE known_deployment.changed_at <= excluded.changed_at")
                .param("tenant", tenant)
                .param("model", model)
                .param("version", versionId)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static GuardModel guard(ResultSet row, int number) throws SQLException {
        return new GuardModel(
                row.getObject("id", UUID.class),
                new ModelReference(row.getString("base_digest"), row.getString("digest")));
    }
}
