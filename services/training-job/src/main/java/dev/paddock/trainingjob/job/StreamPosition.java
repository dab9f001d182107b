package dev.paddock.trainingjob.job;

import dev.paddock.kit.problem.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a reader of a job's events has come, and the id of those events: {@code <step>.<metric>.<line>}. Steps may be repeated
 * and have several metrics, so what a reader goes on after are the ids of the last metric and log line.
 *
 * @param step the step of the last metric
 */
record StreamPosition(long step, long metric, long line) {
    static final StreamPosition BEGINNING = new StreamPosition(0, 0, 0);
    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})\\.(\\d{1,18})");

    /** Where the reader who names this {@code Last-Event-ID} goes on. */
    static StreamPosition after(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return BEGINNING;
        }
        Matcher parts = SYNTAX.matcher(lastEventId);
        if (!parts.matches()) {
            throw ProblemException.invalid("Last-Event-ID", lastEventId, "must be the id of an earlier event");
        }
        return new StreamPosition(
                Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
    }

    StreamPosition after(Metric point) {
        return new StreamPosition(point.step(), point.id(), line);
    }

    StreamPosition after(JournalEntry entry) {
        return new StreamPosition(step, metric, entry.id());
    }

    @Override
    public String toString() {
        return step + "." + metric + "." + line;
    }
}
