package dev.paddock.trainingjob.job;

import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells open streams what is new. It reads the database, so any replica can serve any stream. */
@Component
class JobStreams {
    private static final Logger LOG = LoggerFactory.getLogger(JobStreams.class);
    private static final int MOST_STREAMS = 200;
    private static final int LINES_AT_ONCE = 500;

    private final TrainingJobs jobs;
    private final Journal journal;
    private final Set<JobStream> open = ConcurrentHashMap.newKeySet();

    JobStreams(TrainingJobs jobs, Journal journal) {
        this.jobs = jobs;
        this.journal = journal;
    }

    SseEmitter open(UUID job, long lastLine) {
        if (open.size() >= MOST_STREAMS) {
            throw new ProblemException(
                    CommonProblem.TOO_MANY_REQUESTS,
                    "%d live streams are open: read /logs and /metrics instead".formatted(MOST_STREAMS));
        }
        SseEmitter emitter = new SseEmitter(0L);
        JobStream stream = new JobStream(job, emitter, lastLine);
        emitter.onCompletion(() -> open.remove(stream));
        emitter.onError(failure -> open.remove(stream));
        open.add(stream);
        return emitter;
    }

    @Scheduled(fixedDelayString = "${paddock.training-job.stream-interval:PT0.5S}")
    void tellNews() {
        open.forEach(this::tell);
    }

    private void tell(JobStream stream) {
        try {
            var lines = journal.lines(stream.job(), stream.lastLine(), LINES_AT_ONCE);
            var job = jobs.findById(stream.job());
            if (job.isEmpty() || stream.tell(job.get(), lines)) {
                open.remove(stream);
                stream.end();
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("the reader of job {} has gone", stream.job(), e);
            open.remove(stream);
        }
    }
}
