package dev.paddock.registry.log;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds the log against what the service keeps beside it: every import and every request and decision has its entry. */
final class LogCoverage {
    private static final String EXPECTED = """
            SELECT 'approval' AS kind, id::text AS id, 'APPROVAL_REQUESTED' AS action FROM approval WHERE tenant = :tenant
            UNION ALL
            SELECT 'approval', id::text,
                   CASE state WHEN 'APPROVED' THEN 'VERSION_APPROVED' WHEN 'REJECTED' THEN 'VERSION_REJECTED'
                              ELSE 'APPROVAL_VOIDED' END
            FROM approval WHERE tenant = :tenant AND state <> 'PENDING'
            UNION ALL
            SELECT 'compatible-base', id::text, 'COMPATIBLE_BASE_REGISTERED' FROM compatible_base WHERE tenant = :tenant
            UNION ALL
            SELECT 'compatible-base', id::text, 'COMPATIBLE_BASE_' || state
            FROM compatible_base WHERE tenant = :tenant AND state <> 'PENDING'
            UNION ALL
            SELECT 'version', id::text, kind || '_IMPORTED'
            FROM model_version WHERE tenant = :tenant AND kind IN ('BASE', 'GUARD')
            """;

    private final JdbcClient database;

    LogCoverage(JdbcClient database) {
        this.database = database;
    }

    /** The first act that has no entry, in words. */
    Optional<String> missing(String tenant) {
        return database.sql("SELECT action || ' of ' || kind || ' ' || id || ' is not on the log' FROM (" + EXPECTED
                        + ") expected WHERE NOT EXISTS (SELECT 1 FROM approval_log entry WHERE entry.tenant = :tenant"
                        + " AND entry.subject_kind = expected.kind AND entry.subject_id = expected.id"
                        + " AND entry.action = expected.action) ORDER BY id, action LIMIT 1")
                .param("tenant", tenant)
                .query(String.class)
                .optional();
    }
}
