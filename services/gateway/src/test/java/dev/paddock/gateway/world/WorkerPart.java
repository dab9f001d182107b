package dev.paddock.gateway.world;

import com.sun.net.httpserver.HttpExchange;
import dev.paddock.contracts.inference.ActingAdapter;
import dev.paddock.contracts.inference.Classification;
import dev.paddock.contracts.inference.ClassificationRequest;
import dev.paddock.contracts.inference.ClassificationResponse;
import dev.paddock.contracts.inference.ClassifiedSpan;
import dev.paddock.contracts.inference.Completion;
import dev.paddock.contracts.inference.CompletionChunk;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.CompletionResponse;
import dev.paddock.contracts.inference.EmbeddingRequest;
import dev.paddock.contracts.inference.EmbeddingResponse;
import dev.paddock.contracts.inference.TokenLogprob;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.contracts.inference.ToolCall;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A serving worker that says given tokens; it can refuse, pause between tokens, end badly, and sees when its caller hangs up. */
public final class WorkerPart extends HttpPart {
    /** How a stream ends after its tokens. */
    public enum End {
        DONE,
        BROKEN_OFF,
        SILENCE,
        PROBLEM,
        DONE_WITHOUT_REASON
    }

    private final List<CompletionRequest> requests = new CopyOnWriteArrayList<>();
    private final List<ClassificationRequest> classified = new CopyOnWriteArrayList<>();
    private final List<EmbeddingRequest> embedded = new CopyOnWriteArrayList<>();
    private volatile boolean spans;
    private volatile String traceparent = "";
    private final AtomicInteger cancelled = new AtomicInteger();
    private volatile List<String> tokens = List.of();
    private volatile Duration pause = Duration.ZERO;
    private volatile int status = 200;
    private volatile Map<String, Object> problem = Map.of();
    private volatile List<ToolCall> calls = List.of();
    private volatile End end = End.DONE;
    private volatile @Nullable List<ActingAdapter> adapters;

    public void say(String... words) {
        tokens = List.of(words);
        pause = Duration.ZERO;
        status = 200;
        end = End.DONE;
        calls = List.of();
        adapters = null;
        cancelled.set(0);
        requests.clear();
        embedded.clear();
    }

    public void slowly(Duration between) {
        pause = between;
    }

    public void refuse(int answer, String code, String detail) {
        status = answer;
        problem = Map.of("code", code, "detail", detail);
    }

    public void refuse(int answer, String code, String detail, String field) {
        status = answer;
        problem = Map.of("code", code, "detail", detail, "errors", List.of(Map.of("field", field, "rule", detail)));
    }

    /** Calls at the end of every answer from now on. */
    public void call(ToolCall... next) {
        calls = List.of(next);
    }

    /** Tells of adapters that gates chose in every answer from now on. */
    public void route(ActingAdapter... acting) {
        adapters = List.of(acting);
    }

    public void end(End how) {
        end = how;
    }

    public List<CompletionRequest> requests() {
        return requests;
    }

    /** The trace context that the last request to answer came with. */
    public String traceparent() {
        return traceparent;
    }

    public int cancelled() {
        return cancelled.get();
    }

    @Override
    protected void handle(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().startsWith("/internal/v1/classifications")) {
            classify(exchange);
            return;
        }
        if (exchange.getRequestURI().getPath().startsWith("/internal/v1/embeddings")) {
            embed(exchange);
            return;
        }
        CompletionRequest request = JSON.readValue(exchange.getRequestBody().readAllBytes(), CompletionRequest.class);
        boolean checks = exchange.getRequestURI().getPath().endsWith("/check");
        if (!checks) {
            requests.add(request);
            traceparent = String.valueOf(exchange.getRequestHeaders().getFirst("traceparent"));
        }
        if (status != 200) {
            exchange.getResponseHeaders().set("Retry-After", "7");
            json(exchange, status, problem);
        } else if (checks) {
            json(exchange, 200, new TokenUsage(11, 0));
        } else if (request.stream()) {
            stream(exchange, request);
        } else if (pause.isZero()) {
            json(exchange, 200, new CompletionResponse(whole(request), usage()));
        } else {
            slowly(exchange, new CompletionResponse(whole(request), usage()));
        }
    }

    /** Writes a space for every token before the answer, so that it sees its caller hang up. */
    private void slowly(HttpExchange exchange, CompletionResponse answer) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < tokens.size(); i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(pause.toMillis());
            }
            out.write(JSON.writeValueAsBytes(answer));
        } catch (IOException e) {
            cancelled.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each text's vector is its length and its place. */
    private void embed(HttpExchange exchange) throws IOException {
        EmbeddingRequest request = JSON.readValue(exchange.getRequestBody().readAllBytes(), EmbeddingRequest.class);
        TokenUsage usage = new TokenUsage(3 * request.inputs().size(), 0);
        if (status != 200) {
            json(exchange, status, problem);
            return;
        }
        if (exchange.getRequestURI().getPath().endsWith("/check")) {
            json(exchange, 200, usage);
            return;
        }
        embedded.add(request);
        List<float[]> vectors = new ArrayList<>();
        request.inputs().forEach(text -> vectors.add(new float[] {text.length(), vectors.size() + 0.5f}));
        json(exchange, 200, new EmbeddingResponse(vectors, usage));
    }

    public List<EmbeddingRequest> embedded() {
        return embedded;
    }

    private void classify(HttpExchange exchange) throws IOException {
        ClassificationRequest request =
                JSON.readValue(exchange.getRequestBody().readAllBytes(), ClassificationRequest.class);
        TokenUsage usage = new TokenUsage(5 * request.inputs().size(), 0);
        if (status != 200) {
            json(exchange, status, problem);
        } else if (exchange.getRequestURI().getPath().endsWith("/check")) {
            json(exchange, 200, usage);
        } else {
            classified.add(request);
            json(
                    exchange,
                    200,
                    new ClassificationResponse(
                            spans ? "token" : "sequence", List.of("yes", "no"), said(request), usage));
        }
    }

    private List<Classification> said(ClassificationRequest request) {
        Classification said = spans
                ? new Classification(null, null, List.of(new ClassifiedSpan(0, 4, "yes", 0.75)))
                : new Classification("no", List.of(0.25, 0.75), null);
        return request.inputs().stream().map(input -> said).toList();
    }

    /** Gives spans labels from now on, or texts. */
    public void label(boolean labelsSpans) {
        spans = labelsSpans;
        classified.clear();
    }

    public List<ClassificationRequest> classified() {
        return classified;
    }

    private List<Completion> whole(CompletionRequest request) {
        List<Completion> completions = new ArrayList<>();
        List<String> prompts = request.prompts() == null ? List.of("") : request.prompts();
        int choices = request.sampling().n() == null ? 1 : request.sampling().n();
        for (int prompt = 0; prompt < prompts.size(); prompt++) {
            for (int index = 0; index < choices; index++) {
                String text = (request.echo() ? prompts.get(prompt) : "") + said(request, 0, tokens.size());
                completions.add(new Completion(prompt, index, text, reason(), logprobs(request), called(), adapters));
            }
        }
        return completions;
    }

    /** Tokens as text, up to the stop string. */
    private String said(CompletionRequest request, int from, int to) {
        String all = String.join("", tokens);
        List<String> stop = request.sampling().stop() == null
                ? List.of()
                : request.sampling().stop();
        int end = stop.stream()
                .mapToInt(all::indexOf)
                .filter(found -> found >= 0)
                .min()
                .orElse(all.length());
        int first = String.join("", tokens.subList(0, from)).length();
        int last = String.join("", tokens.subList(0, to)).length();
        return all.substring(Math.min(first, end), Math.min(last, end));
    }

    private @Nullable List<TokenLogprob> logprobs(CompletionRequest request) {
        if (request.logprobs() == null) {
            return null;
        }
        List<TokenLogprob> list = new ArrayList<>();
        for (String token : tokens) {
            list.add(new TokenLogprob(
                    list.size(), token, list.isEmpty() ? null : -0.5, list.size(), Map.of(token, -0.5)));
        }
        return list;
    }

    private String reason() {
        return calls.isEmpty() ? "stop" : "tool_calls";
    }

    private @Nullable List<ToolCall> called() {
        return calls.isEmpty() ? null : calls;
    }

    private TokenUsage usage() {
        return new TokenUsage(11, tokens.size());
    }

    private void stream(HttpExchange exchange, CompletionRequest request) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        try {
            int choices =
                    request.sampling().n() == null ? 1 : request.sampling().n();
            List<TokenLogprob> logprobs = logprobs(request);
            for (int i = 0; i < tokens.size(); i++) {
                for (int index = 0; index < choices; index++) {
                    List<TokenLogprob> own = logprobs == null ? null : List.of(logprobs.get(i));
                    send(out, new CompletionChunk(0, index, said(request, i, i + 1), own, null, null));
                }
                Thread.sleep(pause.toMillis());
            }
            end(out, choices);
        } catch (IOException e) {
            cancelled.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(OutputStream out, int choices) throws IOException, InterruptedException {
        if (end == End.SILENCE) {
            Thread.sleep(20_000);
        } else if (end == End.PROBLEM) {
            write(out, "event: error\ndata: {\"status\":503,\"code\":\"request-timeout\",\"detail\":\"too slow\"}");
        } else if (end == End.DONE) {
            for (int index = 0; index < choices; index++) {
                send(
                        out,
                        new CompletionChunk(
                                0,
                                index,
                                "",
                                null,
                                reason(),
                                index == choices - 1 ? usage() : null,
                                called(),
                                adapters));
            }
        }
        if (end == End.DONE || end == End.DONE_WITHOUT_REASON) {
            write(out, "data: [DONE]");
        }
    }

    private static void send(OutputStream out, CompletionChunk chunk) throws IOException {
        write(out, "data: " + JSON.writeValueAsString(chunk));
    }

    private static void write(OutputStream out, String event) throws IOException {
        out.write((event + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
