package dev.paddock.trainingjob.job;

import java.util.List;

/** What a stream has not told yet: the job as it is now, and the next of its metrics and log lines. */
record StreamNews(TrainingJob job, List<Metric> metrics, List<JournalEntry> lines) {
    /** Whether the job has ended and nothing of it is left to tell. */
    boolean last() {
        return job.facts().state().isFinal() && metrics.isEmpty() && lines.isEmpty();
    }
}
