package dev.paddock.trainingjob.job;

import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open streams what is new. It reads the database, so any replica can serve any stream. Each stream writes on a thread of
 * the pool, so that a reader who stalls holds up nobody else; while one does, its job is not asked about.
 */
@Component
class JobStreams {
    private static final Logger LOG = LoggerFactory.getLogger(JobStreams.class);
    private static final int MOST_STREAMS = 200;

    /** Log lines, and as many metrics, that one stream holds in memory. */
    private static final int ROWS_AT_ONCE = 500;

    private final TrainingJobs jobs;
    private final Journal journal;
    private final Set<JobStream> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService writers = Executors.newCachedThreadPool(JobStreams::writer);

    JobStreams(TrainingJobs jobs, Journal journal) {
        this.jobs = jobs;
        this.journal = journal;
    }

    SseEmitter open(UUID job, StreamPosition position) {
        if (open.size() >= MOST_STREAMS) {
            throw new ProblemException(
                    CommonProblem.TOO_MANY_REQUESTS,
                    "%d live streams are open: read /logs and /metrics instead".formatted(MOST_STREAMS));
        }
        SseEmitter emitter = new SseEmitter(0L);
        JobStream stream = new JobStream(job, emitter, position);
        emitter.onCompletion(() -> open.remove(stream));
        emitter.onError(failure -> open.remove(stream));
        open.add(stream);
        return emitter;
    }

    @Scheduled(fixedDelayString = "${paddock.training-job.stream-interval:PT0.5S}")
    void tellNews() {
        List<JobStream> free = open.stream().filter(JobStream::isFree).toList();
        Set<UUID> watched = free.stream().map(JobStream::job).collect(Collectors.toSet());
        Map<UUID, TrainingJob> now = jobs.findAllById(watched).stream()
                .collect(Collectors.toMap(job -> job.facts().id(), job -> job));
        free.forEach(stream -> tell(stream, now.get(stream.job())));
    }

    /** Ends all streams, which would hold up the server's graceful end; readers come back with their last event's id. */
    @EventListener(ContextClosedEvent.class)
    void endAll() {
        open.forEach(JobStream::end);
    }

    private void tell(JobStream stream, @Nullable TrainingJob job) {
        if (job == null) {
            end(stream);
            return;
        }
        StreamPosition position = stream.position();
        StreamNews news = new StreamNews(
                job,
                journal.metrics(stream.job(), position.metric(), ROWS_AT_ONCE),
                journal.lines(stream.job(), position.line(), ROWS_AT_ONCE));
        stream.markBusy();
        writers.execute(() -> write(stream, news));
    }

    private void write(JobStream stream, StreamNews news) {
        try {
            stream.tell(news);
            if (news.last()) {
                end(stream);
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("the reader of job {} has gone", stream.job(), e);
            open.remove(stream);
        } finally {
            stream.markFree();
        }
    }

    private void end(JobStream stream) {
        open.remove(stream);
        stream.end();
    }

    private static Thread writer(Runnable task) {
        Thread thread = new Thread(task, "job-stream");
        thread.setDaemon(true);
        return thread;
    }
}
