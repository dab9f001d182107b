package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.EmbeddingRequest;
import dev.paddock.contracts.inference.EmbeddingResponse;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.kit.connection.CallerConnection;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.inference.Pooling;
import dev.paddock.worker.ConditionalOnRole;
import dev.paddock.worker.WorkerRole;
import dev.paddock.worker.models.LoadedBase;
import dev.paddock.worker.models.ModelLease;
import dev.paddock.worker.models.ModelPool;
import dev.paddock.worker.models.ServingProblem;
import dev.paddock.worker.models.ServingProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Vectors of texts for services. */
@RestController
@ConditionalOnRole(WorkerRole.SERVING)
class EmbeddingController {
    private static final int MOST_INPUTS = 1024;

    private final ModelPool pool;
    private final ServingProperties properties;
    private final Clock clock;

    EmbeddingController(ModelPool pool, ServingProperties properties, Clock clock) {
        this.pool = pool;
        this.properties = properties;
        this.clock = clock;
    }

    @PostMapping("/internal/v1/embeddings")
    EmbeddingResponse embed(@RequestBody EmbeddingRequest request, HttpServletRequest http) {
        Pooling pooling = check(request);
        try (ModelLease lease =
                pool.lease(request.model().base(), request.model().adapter())) {
            List<int[]> documents = encoded(request, lease);
            return lease.base()
                    .reading(() -> new EmbeddingResponse(
                            vectors(pooling, documents, lease, CallerConnection.of(http)), usage(documents)));
        }
    }

    /** The inputs' tokens, after every check that embedding them makes. */
    @PostMapping("/internal/v1/embeddings/check")
    TokenUsage count(@RequestBody EmbeddingRequest request) {
        check(request);
        try (ModelLease lease =
                pool.lease(request.model().base(), request.model().adapter())) {
            return usage(encoded(request, lease));
        }
    }

    private static Pooling check(EmbeddingRequest request) {
        RequestRules.require("model", request.model(), request.model() != null, "name a base and an adapter by digest");
        int count = request.inputs() == null ? 0 : request.inputs().size();
        RequestRules.require("inputs", count, count >= 1 && count <= MOST_INPUTS, "1 to 1024 texts");
        String name = String.valueOf(request.pooling());
        RequestRules.require("pooling", name, name.equals("mean") || name.equals("last"), "mean or last");
        return Pooling.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static List<int[]> encoded(EmbeddingRequest request, ModelLease lease) {
        if (lease.classifier().isPresent()) {
            throw new ProblemException(ServingProblem.GIVES_LABELS, lease.name() + " gives labels; ask it to classify");
        }
        LoadedBase base = lease.base();
        List<int[]> documents = new ArrayList<>();
        for (int i = 0; i < request.inputs().size(); i++) {
            int[] ids = Prompts.encodePlain(base.tokenizer(), request.inputs().get(i))
                    .ids();
            RequestRules.require("inputs", "input " + i, ids.length > 0, "a text has at least one token");
            if (ids.length > base.documentLength()) {
                throw new ProblemException(
                        ServingProblem.CONTEXT_LENGTH_EXCEEDED,
                        "input %d has %d tokens and may have %d; shorten it"
                                .formatted(i, ids.length, base.documentLength()));
            }
            documents.add(ids);
        }
        return documents;
    }

    private static TokenUsage usage(List<int[]> documents) {
        return new TokenUsage(
                documents.stream().mapToInt(document -> document.length).sum(), 0);
    }

    private List<float[]> vectors(Pooling pooling, List<int[]> documents, ModelLease lease, CallerConnection caller) {
        Generator generator = lease.base().generator();
        return new DocumentPasses(properties, clock)
                .read(
                        documents,
                        document -> document.length,
                        caller,
                        some -> generator.vectors(some, lease.adapter(), pooling));
    }
}
