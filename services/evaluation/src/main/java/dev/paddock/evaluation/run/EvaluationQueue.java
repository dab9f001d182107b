package dev.paddock.evaluation.run;

import dev.paddock.kit.problem.ProblemCategory;
import dev.paddock.kit.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs one waiting evaluation after another, on a thread of its own. */
@Component
class EvaluationQueue implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(EvaluationQueue.class);
    private static final Set<ProblemCategory> AWAY =
            Set.of(ProblemCategory.UNAVAILABLE, ProblemCategory.INSUFFICIENT_RESOURCES);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final EvaluationService service;
    private final EvaluationRunner runner;
    private volatile @Nullable Thread thread;

    EvaluationQueue(EvaluationService service, EvaluationRunner runner) {
        this.service = service;
        this.runner = runner;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            Thread started = new Thread(this::work, "evaluation-runs");
            started.setDaemon(true);
            thread = started;
            started.start();
        }
    }

    private void work() {
        while (thread == Thread.currentThread()) {
            try {
                Optional<Evaluation> next = service.claim();
                if (next.isPresent()) {
                    run(next.get());
                } else {
                    TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warn("evaluations wait: {}", e.toString());
                rest();
            } catch (Error e) {
                LOG.error("evaluations go on", e);
                rest();
            }
        }
    }

    private static void rest() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Evaluation evaluation) {
        try {
            service.complete(evaluation, runner.run(evaluation, news(evaluation)));
        } catch (EvaluationRunner.TakenOverException e) {
            LOG.info("evaluation {} is another runner's now", evaluation.id());
        } catch (RuntimeException e) {
            end(
                    evaluation,
                    e instanceof CompletionException && e.getCause() instanceof RuntimeException cause ? cause : e);
        } catch (Error e) {
            end(evaluation, new IllegalStateException(e.toString(), e));
        }
    }

    private EvaluationRunner.Progress news(Evaluation evaluation) {
        return new EvaluationRunner.Progress() {
            @Override
            public void asks(List<String> contents) {
                service.asks(evaluation, contents);
            }

            @Override
            public boolean at(int done, int total) {
                return service.progress(evaluation, done, total);
            }
        };
    }

    /** A caller's error cannot heal; anything else is tried again, the evaluation going on where it was. */
    private void end(Evaluation evaluation, RuntimeException e) {
        boolean hopeless = e instanceof ProblemException problem
                && problem.code().category() == ProblemCategory.CALLER
                && problem.code().status() != 429;
        if (thread == null) {
            service.release(evaluation);
        } else if (hopeless) {
            LOG.warn("evaluation {} failed", evaluation.id(), e);
            service.fail(evaluation, String.valueOf(e.getMessage()));
        } else {
            LOG.warn("evaluation {} is tried again: {}", evaluation.id(), e.toString());
            service.retry(evaluation, !isAway(e), String.valueOf(e.getMessage()));
        }
    }

    /** Away or busy: its queue or memory is full, it is being stopped, or it was too slow. */
    static boolean isAway(RuntimeException e) {
        return e instanceof ProblemException problem
                && (problem.code().status() == 429
                        || AWAY.contains(problem.code().category()));
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
