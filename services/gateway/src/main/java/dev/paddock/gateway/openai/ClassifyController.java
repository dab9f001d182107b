package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.Classification;
import dev.paddock.gateway.answer.Asker;
import dev.paddock.gateway.answer.GuardedLabels;
import dev.paddock.gateway.answer.GuardedLabels.Labels;
import dev.paddock.kit.connection.CallerConnection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/classify}, in vLLM's form: labels of texts with their probabilities, or of spans in them. */
@RestController
class ClassifyController {
    private final GuardedLabels labels;
    private final Admission admission;

    ClassifyController(GuardedLabels labels, Admission admission) {
        this.labels = labels;
        this.admission = admission;
    }

    @PostMapping("/v1/classify")
    Callable<@Nullable ResponseEntity<Void>> classify(
            Asker asker, HttpServletRequest request, HttpServletResponse response) {
        return admission.admit(asker, request, body -> answer(asker, body, CallerConnection.of(request), response));
    }

    private void answer(Asker asker, byte[] body, CallerConnection caller, HttpServletResponse response)
            throws IOException {
        Labels answer = labels.answer(asker, ClassifyRequestReader.read(body), caller);
        OpenAiResponses.headers(response, answer.head());
        OpenAiResponses.write(response, wire(answer));
    }

    private static Wire.Labels wire(Labels answer) {
        List<Classification> found = answer.response().classifications();
        int classes = answer.response().labels().size();
        return new Wire.Labels(
                answer.head().id(),
                "list",
                answer.head().created().getEpochSecond(),
                answer.head().model().model(),
                IntStream.range(0, found.size())
                        .mapToObj(i -> new Wire.Label(
                                i,
                                found.get(i).label(),
                                found.get(i).probs(),
                                classes,
                                found.get(i).spans()))
                        .toList(),
                Wire.Usage.of(answer.response().usage()));
    }
}
