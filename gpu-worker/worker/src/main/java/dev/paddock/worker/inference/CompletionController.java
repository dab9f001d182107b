package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.CompletionResponse;
import dev.paddock.contracts.inference.RenderRequest;
import dev.paddock.contracts.inference.RenderResponse;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.kit.connection.CallerConnection;
import dev.paddock.kit.connection.CallerGoneException;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.worker.ConditionalOnRole;
import dev.paddock.worker.WorkerRole;
import dev.paddock.worker.models.LoadedBase;
import dev.paddock.worker.models.ModelLease;
import dev.paddock.worker.models.ModelPool;
import dev.paddock.worker.models.ServingProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Inference for services: prompts as they are, or conversations in the base's own template. */
@RestController
@ConditionalOnRole(WorkerRole.SERVING)
class CompletionController {
    private final ModelPool pool;
    private final Prompts prompts;
    private final Completions completions;
    private final RequestSpans spans;
    private final JsonMapper json;

    CompletionController(
            ModelPool pool, Prompts prompts, Completions completions, RequestSpans spans, JsonMapper json) {
        this.pool = pool;
        this.prompts = prompts;
        this.completions = completions;
        this.spans = spans;
        this.json = json;
    }

    @PostMapping("/internal/v1/completions")
    @Nullable CompletionResponse complete(
            @RequestBody CompletionRequest request, HttpServletRequest http, HttpServletResponse response)
            throws IOException, InterruptedException {
        return answer(request, http, response, given(request));
    }

    /** The request's tokens, after every check that answering it makes. */
    @PostMapping("/internal/v1/completions/check")
    TokenUsage check(@RequestBody CompletionRequest request) {
        return count(request, given(request));
    }

    @PostMapping("/internal/v1/chat/completions")
    @Nullable CompletionResponse chat(
            @RequestBody CompletionRequest request, HttpServletRequest http, HttpServletResponse response)
            throws IOException, InterruptedException {
        return answer(request, http, response, rendered(request));
    }

    /** The conversation's tokens, after every check that answering it makes. */
    @PostMapping("/internal/v1/chat/completions/check")
    TokenUsage checkChat(@RequestBody CompletionRequest request) {
        return count(request, rendered(request));
    }

    @PostMapping("/internal/v1/render")
    RenderResponse render(@RequestBody RenderRequest request) {
        try (ModelLease lease = pool.lease(request.base(), null)) {
            EncodedPrompt prompt =
                    prompts.encode(lease.base(), request.messages(), request.tools(), request.addGenerationPrompt());
            return new RenderResponse(prompt.text(), prompt.ids().length, prompt.data());
        }
    }

    private Function<LoadedBase, List<EncodedPrompt>> given(CompletionRequest request) {
        RequestRules.check(request);
        List<String> texts = RequestRules.prompts(request);
        if (Boolean.TRUE.equals(request.plain())) {
            return base -> texts.stream()
                    .map(text -> Prompts.encodePlain(base.tokenizer(), text))
                    .toList();
        }
        List<List<Integer>> data = RequestRules.data(request, texts);
        return base -> IntStream.range(0, texts.size())
                .mapToObj(i -> Prompts.encode(base.tokenizer(), texts.get(i), data.get(i)))
                .toList();
    }

    private Function<LoadedBase, List<EncodedPrompt>> rendered(CompletionRequest request) {
        RequestRules.check(request);
        List<ChatMessage> messages = request.messages() == null ? List.of() : request.messages();
        RequestRules.require(
                "messages",
                messages.size(),
                !messages.isEmpty() && request.prompts() == null,
                "1 or more, and no prompts");
        return base -> List.of(prompts.encode(base, messages, request.tools(), true));
    }

    private TokenUsage count(CompletionRequest request, Function<LoadedBase, List<EncodedPrompt>> encode) {
        try (ModelLease lease = writer(request)) {
            List<EncodedPrompt> encoded = encode.apply(lease.base());
            completions.plan(request, encoded, lease.base());
            return new TokenUsage(
                    encoded.stream().mapToInt(prompt -> prompt.ids().length).sum(), 0);
        }
    }

    private @Nullable CompletionResponse answer(
            CompletionRequest request,
            HttpServletRequest http,
            HttpServletResponse response,
            Function<LoadedBase, List<EncodedPrompt>> encode)
            throws IOException, InterruptedException {
        try (ModelLease lease = writer(request)) {
            CompletionPlan plan = completions.plan(request, encode.apply(lease.base()), lease.base());
            try (RequestSpan span = spans.begin(http, plan.operation(), request)) {
                try {
                    return answer(request, plan, lease, CallerConnection.of(http), response, span);
                } catch (CallerGoneException e) {
                    span.cancelled();
                    throw e;
                } catch (IOException | InterruptedException | RuntimeException e) {
                    span.failed(e);
                    throw e;
                }
            }
        }
    }

    private @Nullable CompletionResponse answer(
            CompletionRequest request,
            CompletionPlan plan,
            ModelLease lease,
            CallerConnection caller,
            HttpServletResponse response,
            RequestSpan span)
            throws IOException, InterruptedException {
        Answers answers = new Answers(plan, lease.base().tokenizer(), request.echo(), lease.routed());
        try (CompletionRun run = completions.start(plan, lease)) {
            if (!request.stream()) {
                return completions.whole(run, answers, caller, span);
            }
            completions.stream(run, answers, new EventStream(response, json), span);
            return null;
        }
    }

    /** A model that writes texts. */
    private ModelLease writer(CompletionRequest request) {
        ModelLease lease = pool.lease(request.model().base(), request.model().adapter());
        if (lease.classifier().isPresent()) {
            lease.close();
            throw new ProblemException(
                    ServingProblem.GIVES_LABELS,
                    lease.name() + " gives labels and writes no texts; ask it to classify");
        }
        return lease;
    }
}
