package dev.paddock.trainingjob.job;

import dev.paddock.contracts.lease.Progress;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One reader of one job's events; the id of an event is how far the reader has come with it, for resuming. */
final class JobStream {
    private final UUID job;
    private final SseEmitter emitter;
    private StreamPosition position;
    private @Nullable JobState lastState;
    private int lastAttempt;
    private @Nullable Progress lastProgress;
    private volatile boolean busy;

    JobStream(UUID job, SseEmitter emitter, StreamPosition position) {
        this.job = job;
        this.emitter = emitter;
        this.position = position;
    }

    UUID job() {
        return job;
    }

    StreamPosition position() {
        return position;
    }

    /** Sends what is new. */
    void tell(StreamNews news) throws IOException {
        JobFacts facts = news.job().facts();
        for (JournalEntry line : news.lines()) {
            position = position.after(line);
            send("log", line);
        }
        for (Metric point : news.metrics()) {
            position = position.after(point);
            send("metric", point);
        }
        if (facts.progress() != null && !facts.progress().equals(lastProgress)) {
            lastProgress = facts.progress();
            send("progress", lastProgress);
        }
        if (facts.state() != lastState || facts.attempt() != lastAttempt) {
            lastState = facts.state();
            lastAttempt = facts.attempt();
            send("state", JobView.of(news.job()));
        }
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
        emitter.send(SseEmitter.event().name(name).id(position.toString()).data(data, MediaType.APPLICATION_JSON));
    }
}
