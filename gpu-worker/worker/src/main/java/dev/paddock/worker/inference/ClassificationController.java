package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.ClassificationRequest;
import dev.paddock.contracts.inference.ClassificationResponse;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.kit.connection.CallerConnection;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.classification.ClassificationHead;
import dev.paddock.worker.ConditionalOnRole;
import dev.paddock.worker.WorkerRole;
import dev.paddock.worker.models.ModelLease;
import dev.paddock.worker.models.ModelPool;
import dev.paddock.worker.models.ServingProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Labels for services: conversations as a classifier was trained to read them. */
@RestController
@ConditionalOnRole(WorkerRole.SERVING)
class ClassificationController {
    private static final int MOST_INPUTS = 1024;

    private final ModelPool pool;
    private final Classifications classifications;

    ClassificationController(ModelPool pool, Classifications classifications) {
        this.pool = pool;
        this.classifications = classifications;
    }

    @PostMapping("/internal/v1/classifications")
    ClassificationResponse classify(@RequestBody ClassificationRequest request, HttpServletRequest http) {
        return reading(request, run -> run.response(CallerConnection.of(http)));
    }

    /** The inputs' tokens, after every check that classifying them makes. */
    @PostMapping("/internal/v1/classifications/check")
    TokenUsage check(@RequestBody ClassificationRequest request) {
        return reading(request, ClassificationRun::usage);
    }

    private <T> T reading(ClassificationRequest request, Function<ClassificationRun, T> answer) {
        check(request.inputs());
        RequestRules.require("model", request.model(), request.model() != null, "name a base and an adapter by digest");
        try (ModelLease lease =
                pool.lease(request.model().base(), request.model().adapter())) {
            ClassificationHead head = lease.classifier().orElseThrow(() -> notOne(lease));
            return lease.base().reading(() -> answer.apply(classifications.run(lease, head, request.inputs())));
        }
    }

    private static ProblemException notOne(ModelLease lease) {
        return new ProblemException(
                ServingProblem.NOT_A_CLASSIFIER,
                lease.name() + " gives no labels; take one trained by label-supervised");
    }

    private static void check(List<List<ChatMessage>> inputs) {
        int count = inputs == null ? 0 : inputs.size();
        RequestRules.require("inputs", count, count >= 1 && count <= MOST_INPUTS, "1 to 1024 conversations");
        for (List<ChatMessage> messages : inputs == null ? List.<List<ChatMessage>>of() : inputs) {
            RequestRules.require(
                    "inputs",
                    messages,
                    messages != null
                            && !messages.isEmpty()
                            && messages.stream().allMatch(turn -> turn != null && turn.role() != null),
                    "one message or more in each conversation");
        }
    }
}
