package dev.paddock.guard.verdict;

import dev.paddock.kit.ids.TimeOrderedIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Incidents on record. */
@Repository
class Incidents {
    private final JdbcClient database;
    private final TimeOrderedIds ids;
    private final Clock clock;

    Incidents(JdbcClient database, TimeOrderedIds ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    /** An unsafe text is an incident of its own. */
    @Transactional(propagation = Propagation.MANDATORY)
    void unsafe(VerdictRecord verdict) {
        IncidentKind kind = verdict.role().equals("user") ? IncidentKind.UNSAFE_PROMPT : IncidentKind.UNSAFE_RESPONSE;
        insert(verdict.tenant(), kind, verdict.id(), String.join(",", verdict.categories()), null);
    }

    /** Counts a missing verdict under the hour in which it happened; on record whatever becomes of the request. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    void noVerdict(String tenant, String code) {
        insert(tenant, IncidentKind.NO_VERDICT, null, code, clock.instant().truncatedTo(ChronoUnit.HOURS));
    }

    @Transactional(readOnly = true)
    List<IncidentView> list(String tenant, UUID before, @Nullable IncidentKind kind, int limit) {
        return database.sql("SELECT * FROM incident WHERE tenant = :tenant AND id < :before"
                        + " AND (:kind::text IS NULL OR kind = :kind) ORDER BY id DESC LIMIT :limit")
                .param("tenant", tenant)
                .param("before", before)
                .param("kind", kind == null ? null : kind.name())
                .param("limit", limit)
                .query(Incidents::incident)
                .list();
    }

    private void insert(
            String tenant, IncidentKind kind, @Nullable UUID verdictId, String detail, @Nullable Instant hour) {
        database.sql("INSERT INTO incident (id, tenant, kind, verdict_id, detail, hour, occurrences, first_at, last_at)"
                        + " VALUES (:id, :tenant, :kind, :verdict::uuid, :detail, :hour::timestamptz, 1, :now, :now)"
                        + " ON CONFLICT (tenant, kind, detail, hour) WHERE hour IS NOT NULL"
                        + " DO UPDATE SET occurrences = incident.occurrences + 1, last_at = excluded.last_at")
                .param("id", ids.next())
                .param("tenant", tenant)
                .param("kind", kind.name())
                .param("verdict", verdictId)
                .param("detail", detail)
                .param("hour", hour == null ? null : hour.atOffset(ZoneOffset.UTC))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static IncidentView incident(ResultSet row, int number) throws SQLException {
        return new IncidentView(
                row.getObject("id", UUID.class),
                IncidentKind.valueOf(row.getString("kind")),
                row.getObject("verdict_id", UUID.class),
                row.getString("detail"),
                row.getLong("occurrences"),
                row.getObject("first_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_at", OffsetDateTime.class).toInstant());
    }
}
