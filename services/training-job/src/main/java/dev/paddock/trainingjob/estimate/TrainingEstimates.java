package dev.paddock.trainingjob.estimate;

import dev.paddock.contracts.lease.TrainingEstimate;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.identity.ServiceClients;
import dev.paddock.kit.problem.ProblemCategory;
import dev.paddock.kit.problem.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/** Asks a training worker what an order would take: the engine, the base and the rows are with it. */
@Component
public class TrainingEstimates {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingEstimates.class);
    private static final String PATH = "/internal/v1/training-estimates?memoryOnly={memoryOnly}";
    /** The first estimate on a machine calibrates it. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration ORDER_PATIENCE = Duration.ofSeconds(10);
    private static final double GIB = 1 << 30;

    private final ServiceClients clients;
    private final @Nullable URI worker;

    TrainingEstimates(
            ServiceClients clients, @Value("${paddock.services.worker-training:#{null}}") @Nullable URI worker) {
        this.clients = clients;
        this.worker = worker;
    }

    /**
     * Memory and time of an order.
     *
     * @throws ProblemException when no worker answers, when the method does not tell, or when rows and base do not fit
     */
    public TrainingEstimate of(TrainingOrder order, String tenant) {
        if (worker == null) {
            throw new ProblemException(
                    EstimateProblem.NO_ESTIMATE,
                    "this service knows no training worker: set paddock.services.worker-training");
        }
        try {
            return ask(order, tenant, false, PATIENCE)
                    .orElseThrow(() -> new ProblemException(
                            EstimateProblem.NO_ESTIMATE, "the method " + order.method() + " has no estimate"));
        } catch (RestClientException e) {
            throw silent(e);
        } catch (ProblemException e) {
            throw e.code().category() == ProblemCategory.UNAVAILABLE && !(e.code() instanceof EstimateProblem)
                    ? silent(e)
                    : e;
        }
    }

    private static ProblemException silent(RuntimeException cause) {
        return new ProblemException(
                EstimateProblem.NO_ESTIMATE, "no training worker answers: try again later, or order without", cause);
    }

    /**
     * The order with its memory and time, or with why nobody tells them now.
     *
     * @throws ProblemException when it cannot fit, or when rows and base do not fit each other
     */
    public CheckedOrder check(TrainingOrder order, String tenant) {
        try {
            TrainingEstimate estimate = of(order, tenant);
            refuseUnfit(estimate);
            return new CheckedOrder(order, estimate, null);
        } catch (ProblemException e) {
            if (e.code().category() == ProblemCategory.CALLER) {
                throw e;
            }
            return new CheckedOrder(order, null, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Refuses an order that cannot fit into the worker's memory; one that no worker can judge now passes, and the worker that
     * takes it judges it.
     *
     * @return whether a worker answered
     */
    public boolean requireFit(TrainingOrder order, String tenant) {
        try {
            Optional<TrainingEstimate> estimate = ask(order, tenant, true, ORDER_PATIENCE);
            estimate.ifPresent(TrainingEstimates::refuseUnfit);
            return estimate.isPresent();
        } catch (RestClientException e) {
            LOG.info("the order {} was not estimated: {}", order.name(), e.getMessage());
        } catch (ProblemException e) {
            if (e.code() instanceof EstimateProblem) {
                throw e;
            }
            LOG.info("the order {} was not estimated: {}", order.name(), e.getMessage());
            return e.code().category() == ProblemCategory.CALLER;
        }
        return false;
    }

    private Optional<TrainingEstimate> ask(TrainingOrder order, String tenant, boolean memoryOnly, Duration patience) {
        return worker == null
                ? Optional.empty()
                : Optional.ofNullable(clients.at(worker.toString(), tenant, patience)
                        .post()
                        .uri(PATH, memoryOnly)
                        .body(order)
                        .retrieve()
                        .body(TrainingEstimate.class));
    }

    private static void refuseUnfit(TrainingEstimate estimate) {
        if (estimate.fits()) {
            return;
        }
        String change = estimate.change();
        throw new ProblemException(
                EstimateProblem.DOES_NOT_FIT,
                String.format(
                        Locale.ROOT,
                        "the order needs %.1f GiB, of which activations are %.1f; worker %s has %.1f GiB. %s",
                        estimate.peakMemoryBytes() / GIB,
                        estimate.memory().getOrDefault("activations", 0L) / GIB,
                        estimate.workerId(),
                        estimate.memoryLimitBytes() / GIB,
                        change == null
                                ? "No smaller order of this base fits: take a smaller base or a larger worker"
                                : "It fits with " + change));
    }
}
