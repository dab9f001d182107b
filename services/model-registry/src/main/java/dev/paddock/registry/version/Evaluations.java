package dev.paddock.registry.version;

import dev.paddock.contracts.event.EvaluationCompleted;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Every evaluation that was told of, with its scores; the latest of a version's own bytes counts. */
@Repository
class Evaluations {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient database;

    Evaluations(JdbcClient database) {
        this.database = database;
    }

    void add(String tenant, EvaluationCompleted completed, Instant at) {
        database.sql("INSERT INTO evaluation (id, tenant, version_id, artifact_digest, verdict, scores, completed_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?::jsonb, ?) ON CONFLICT (id) DO NOTHING")
                .params(
                        completed.evaluationId(),
                        tenant,
                        completed.versionId(),
                        completed.artifactDigest(),
                        completed.verdict(),
                        JSON.writeValueAsString(completed.scores()),
                        at.atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean isLatest(EvaluationCompleted completed) {
        return database.sql("SELECT id FROM evaluation WHERE version_id = ? AND artifact_digest = ?"
                        + " ORDER BY completed_at DESC, id DESC LIMIT 1")
                .params(completed.versionId(), completed.artifactDigest())
                .query(UUID.class)
                .single()
                .equals(completed.evaluationId());
    }
}
