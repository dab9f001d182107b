package dev.paddock.gateway.openai;

import dev.paddock.contracts.guard.Verdict;
import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.gateway.answer.Asker;
import dev.paddock.gateway.answer.Guard;
import dev.paddock.gateway.error.OpenAiException;
import dev.paddock.kit.ids.TimeOrderedIds;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v1/moderations}: the guard's verdict on texts under the tenant's default policy; categories are the policy's codes. */
@RestController
class ModerationsController {
    private static final int MOST_INPUTS = 32;

    private final Guard guard;
    private final TimeOrderedIds ids;
    private final Admission admission;

    ModerationsController(Guard guard, TimeOrderedIds ids, Admission admission) {
        this.guard = guard;
        this.ids = ids;
        this.admission = admission;
    }

    @PostMapping("/v1/moderations")
    Callable<@Nullable ResponseEntity<Void>> moderate(
            Asker asker, HttpServletRequest request, HttpServletResponse response) {
        return admission.admit(asker, request, body -> answer(asker, inputs(RequestFields.parse(body)), response));
    }

    private void answer(Asker asker, List<String> inputs, HttpServletResponse response) throws IOException {
        List<Verdict> verdicts = new ArrayList<>();
        for (String input : inputs) {
            verdicts.add(guard.judgeInput(asker.tenant(), null, List.of(ChatMessage.of("user", input))));
        }
        Verdict last = verdicts.get(verdicts.size() - 1);
        response.setHeader("x-paddock-policy", last.policyId() + "@" + last.policyVersion());
        OpenAiResponses.write(
                response,
                new Wire.Moderation(
                        "modr-" + ids.next(),
                        last.guardVersionId() == null
                                ? "guard"
                                : last.guardVersionId().toString(),
                        verdicts.stream().map(ModerationsController::result).toList()));
    }

    private static Wire.ModerationResult result(Verdict verdict) {
        Map<String, Boolean> flags = new TreeMap<>();
        Map<String, Double> scores = new TreeMap<>();
        verdict.categories().forEach(code -> {
            flags.put(code, true);
            scores.put(code, verdict.score());
        });
        return new Wire.ModerationResult(!verdict.safe(), flags, scores);
    }

    private static List<String> inputs(RequestFields fields) {
        JsonNode input = fields.find("input")
                .orElseThrow(() ->
                        OpenAiException.invalid("missing_required_parameter", "input", "You must provide 'input'."));
        if (input.isString()) {
            return List.of(input.asString());
        }
        if (input.isArray() && input.path(0).isObject()) {
            return List.of(MessageContent.of(input, "input"));
        }
        List<String> texts = new ArrayList<>();
        input.forEach(item -> texts.add(item.isString() ? item.asString() : ""));
        if (!input.isArray() || texts.isEmpty() || texts.size() > MOST_INPUTS || texts.contains("")) {
            throw RequestFields.wrong("input", input, "a string or an array of 1 to " + MOST_INPUTS + " strings");
        }
        return texts;
    }
}
