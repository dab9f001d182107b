package dev.paddock.worker.inference;

import dev.paddock.kit.connection.CallerConnection;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.worker.models.ServingProblem;
import dev.paddock.worker.models.ServingProperties;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Reads documents in passes of a bounded number of tokens, between which the model's other work goes on. */
final class DocumentPasses {
    private final int tokensPerPass;
    private final Clock clock;
    private final Instant deadline;

    /** Of a request that comes now. */
    DocumentPasses(ServingProperties properties, Clock clock) {
        this.tokensPerPass = properties.tokensPerStep();
        this.clock = clock;
        this.deadline = clock.instant().plus(properties.requestTimeout());
    }

    /**
     * What the passes give, in the documents' order.
     *
     * @param pass gives as many results as it gets documents
     * @throws ProblemException where the deadline has passed
     * @throws dev.paddock.kit.connection.CallerGoneException where nobody waits for it any more
     */
    <D, R> List<R> read(
            List<D> documents, ToIntFunction<D> tokens, CallerConnection caller, Function<List<D>, List<R>> pass) {
        List<R> results = new ArrayList<>();
        while (results.size() < documents.size()) {
            caller.require();
            if (clock.instant().isAfter(deadline)) {
                throw new ProblemException(
                        ServingProblem.REQUEST_TIMEOUT,
                        "%d of %d inputs were read in time; send fewer or try later"
                                .formatted(results.size(), documents.size()));
            }
            results.addAll(pass.apply(next(documents, results.size(), tokens)));
        }
        return results;
    }

    /** As many documents as fit a pass, one at least. */
    private <D> List<D> next(List<D> documents, int first, ToIntFunction<D> tokens) {
        int last = first;
        int sum = 0;
        while (last < documents.size()
                && (last == first || sum + tokens.applyAsInt(documents.get(last)) <= tokensPerPass)) {
            sum += tokens.applyAsInt(documents.get(last++));
        }
        return documents.subList(first, last);
    }
}
