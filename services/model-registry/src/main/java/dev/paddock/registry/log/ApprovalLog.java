package dev.paddock.registry.log;

import dev.paddock.registry.Locks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The append-only log; writers of one tenant queue up for its end, and an entry commits with the act that it records. */
@Repository
public class ApprovalLog {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient database;
    private final Locks locks;
    private final Clock clock;

    public ApprovalLog(JdbcClient database, Locks locks, Clock clock) {
        this.database = database;
        this.locks = locks;
        this.clock = clock;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public LogEntry append(String tenant, String actor, LogAction action, LogSubject subject) {
        locks.take("approval-log", tenant, "");
        Optional<LogEntry> last = last(tenant);
        LogEntry entry = new LogEntry(
                        tenant,
                        last.map(LogEntry::sequence).orElse(0L) + 1,
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        action.name(),
                        subject.kind(),
                        subject.id(),
                        actor,
                        new TreeMap<>(subject.details()),
                        last.map(LogEntry::hash).orElse(LogEntry.GENESIS),
                        "")
                .sealed();
        insert(entry);
        return entry;
    }

    /** At most {@code limit} entries before a sequence number, newest first. */
    @Transactional(readOnly = true)
    public List<LogEntry> before(String tenant, long sequence, int limit) {
        return database.sql(
                        "SELECT * FROM approval_log WHERE tenant = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?")
                .params(tenant, sequence, limit)
                .query(ApprovalLog::entry)
                .list();
    }

    /** Reads the whole chain, asks for the entry that was noted earlier, and holds it against what is on record beside it. */
    @Transactional(readOnly = true)
    public ChainVerification verify(String tenant, LogAnchor anchor) {
        ChainVerifier verifier = new ChainVerifier(tenant, anchor.noted().orElse(null));
        forEach(tenant, verifier::accept);
        new LogCoverage(database).missing(tenant).ifPresent(verifier::cutOff);
        return verifier.outcome();
    }

    private void forEach(String tenant, Consumer<LogEntry> reader) {
        try (Stream<LogEntry> entries = database
                .sql("SELECT * FROM approval_log WHERE tenant = ? ORDER BY sequence")
                .withFetchSize(1_000)
                .param(tenant)
                .query(ApprovalLog::entry)
                .stream()) {
            entries.forEach(reader);
        }
    }

    private Optional<LogEntry> last(String tenant) {
        return before(tenant, Long.MAX_VALUE, 1).stream().findFirst();
    }

    private void insert(LogEntry entry) {
        database.sql("INSERT INTO approval_log (tenant, sequence, at, action, subject_kind, subject_id, actor, details,"
                        + " previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        entry.tenant(),
                        entry.sequence(),
                        entry.at().atOffset(ZoneOffset.UTC),
                        entry.action(),
                        entry.subjectKind(),
                        entry.subjectId(),
                        entry.actor(),
                        LogEntry.write(entry.details()),
                        entry.previousHash(),
                        entry.hash())
                .update();
    }

    private static LogEntry entry(ResultSet row, int number) throws SQLException {
        return new LogEntry(
                row.getString("tenant"),
                row.getLong("sequence"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("action"),
                row.getString("subject_kind"),
                row.getString("subject_id"),
                row.getString("actor"),
                details(row.getString("details")),
                row.getString("previous_hash"),
                row.getString("hash"));
    }

    /** A text that was changed into something else than JSON must be found by the chain, not break its reading. */
    private static SortedMap<String, String> details(String text) {
        try {
            return new TreeMap<>(JSON.readValue(text, new TypeReference<Map<String, String>>() {}));
        } catch (JacksonException e) {
            return new TreeMap<>(Map.of("unreadable", text));
        }
    }
}
