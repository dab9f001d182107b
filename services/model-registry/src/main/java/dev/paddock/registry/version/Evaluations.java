package dev.paddock.registry.version;

import dev.paddock.contracts.event.EvaluationCompleted;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every evaluation that was told of, with its scores. Of those of a version's own bytes the latest counts that asked every suite
 * or failed: one that asked less proves nothing, neither for a version nor against it.
 */
@Repository
class Evaluations {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient database;

    Evaluations(JdbcClient database) {
        this.database = database;
    }

    void add(String tenant, EvaluationCompleted completed, Instant at) {
        database.sql("INSERT INTO evaluation (id, tenant, version_id, artifact_digest, verdict, scores, completed_at,"
                        + " all_suites) VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?) ON CONFLICT (id) DO NOTHING")
                .params(
                        completed.evaluationId(),
                        tenant,
                        completed.versionId(),
                        completed.artifactDigest(),
                        completed.verdict(),
                        JSON.writeValueAsString(completed.scores()),
                        at.atOffset(ZoneOffset.UTC),
                        !Boolean.FALSE.equals(completed.allSuites()))
                .update();
    }

    boolean isLatestThatCounts(EvaluationCompleted completed) {
        return database.sql("SELECT id FROM evaluation WHERE version_id = ? AND artifact_digest = ?"
                        + " AND (all_suites OR verdict = 'FAIL') ORDER BY completed_at DESC, id DESC LIMIT 1")
                .params(completed.versionId(), completed.artifactDigest())
                .query(UUID.class)
                .optional()
                .filter(completed.evaluationId()::equals)
                .isPresent();
    }
}
