package dev.paddock.trainingjob.job;

import dev.paddock.contracts.lease.MetricPoint;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Metrics and log lines of jobs: rows that are only ever added, so plain SQL does. */
@Repository
public class Journal {
    private static final int LONGEST_LINE = 4_000;

    private final JdbcClient reads;
    private final JdbcTemplate writes;
    private final Clock clock;

    Journal(JdbcClient reads, JdbcTemplate writes, Clock clock) {
        this.reads = reads;
        this.writes = writes;
        this.clock = clock;
    }

    /** Adds lines in their order, each cut at 4,000 characters. */
    public void log(JobFacts job, List<String> lines) {
        Timestamp now = Timestamp.from(clock.instant());
        writes.batchUpdate(
                "insert into log_line (tenant, job_id, attempt, at, line) values (?, ?, ?, ?, ?)",
                lines.stream()
                        .map(line -> new Object[] {job.tenant(), job.id(), job.attempt(), now, text(line)})
                        .toList());
    }

    public void measure(JobFacts job, List<MetricPoint> points) {
        writes.batchUpdate(
                "insert into metric_point (tenant, job_id, attempt, step, name, value) values (?, ?, ?, ?, ?, ?)",
                points.stream()
                        .map(point -> new Object[] {
                            job.tenant(), job.id(), job.attempt(), point.step(), point.name(), point.value()
                        })
                        .toList());
    }

    public List<JournalEntry> lines(UUID job, long after, int limit) {
        return reads.sql("select id, attempt, at, line from log_line where job_id = :job and id > :after"
                        + " order by id limit :limit")
                .param("job", job)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new JournalEntry(
                        row.getLong("id"),
                        row.getInt("attempt"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("line")))
                .list();
    }

    public List<Metric> metrics(UUID job, long after, int limit) {
        return reads.sql("select id, attempt, step, name, value from metric_point where job_id = :job"
                        + " and id > :after order by id limit :limit")
                .param("job", job)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new Metric(
                        row.getLong("id"),
                        row.getInt("attempt"),
                        row.getInt("step"),
                        row.getString("name"),
                        row.getDouble("value")))
                .list();
    }

    /** Values of a metric after one step and up to another, in the order of steps; of a step that was repeated, the last one. */
    public List<Double> values(UUID job, String name, int after, int upTo) {
        return reads.sql("select distinct on (step) value from metric_point where job_id = :job and name = :name"
                        + " and step > :after and step <= :upTo order by step, id desc")
                .param("job", job)
                .param("name", name)
                .param("after", after)
                .param("upTo", upTo)
                .query(Double.class)
                .list();
    }

    /** PostgreSQL takes no NUL in text. */
    private static String text(String line) {
        String clean = line.replace("\0", "");
        return clean.length() > LONGEST_LINE ? clean.substring(0, LONGEST_LINE) : clean;
    }
}
