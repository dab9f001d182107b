package dev.paddock.trainingjob.job;

import dev.paddock.contracts.lease.Progress;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One reader of one job's events; the id of an event is that of the last log line sent, for resuming. */
final class JobStream {
    private final UUID job;
    private final SseEmitter emitter;
    private long lastLine;
    private @Nullable JobState lastState;
    private int lastAttempt;
    private @Nullable Progress lastProgress;
    private volatile boolean busy;

    JobStream(UUID job, SseEmitter emitter, long lastLine) {
        this.job = job;
        this.emitter = emitter;
        this.lastLine = lastLine;
    }

    UUID job() {
        return job;
    }

    long lastLine() {
        return lastLine;
    }

    /** Sends what is new; true when the job has ended and all of it is told. */
    boolean tell(TrainingJob now, List<JournalEntry> lines) throws IOException {
        JobFacts facts = now.facts();
        for (JournalEntry line : lines) {
            lastLine = line.id();
            send("log", line);
        }
        if (facts.progress() != null && !facts.progress().equals(lastProgress)) {
            lastProgress = facts.progress();
            send("progress", lastProgress);
        }
        if (facts.state() != lastState || facts.attempt() != lastAttempt) {
            lastState = facts.state();
            lastAttempt = facts.attempt();
            send("state", JobView.of(now));
        }
        return facts.state().isFinal() && lines.isEmpty();
    }

    /** Whether the last news have been taken by the reader. */
    boolean isFree() {
        return !busy;
    }

    void markBusy() {
        busy = true;
    }

    void markFree() {
        busy = false;
    }

    void end() {
        emitter.complete();
    }

    private void send(String name, Object data) throws IOException {
        emitter.send(SseEmitter.event().name(name).id(String.valueOf(lastLine)).data(data, MediaType.APPLICATION_JSON));
    }
}
