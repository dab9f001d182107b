package dev.paddock.evaluation.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.contracts.inference.Classification;
import dev.paddock.contracts.inference.ClassificationRequest;
import dev.paddock.contracts.inference.ClassificationResponse;
import dev.paddock.contracts.inference.ClassifiedSpan;
import dev.paddock.contracts.inference.Completion;
import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.CompletionResponse;
import dev.paddock.contracts.inference.RenderRequest;
import dev.paddock.contracts.inference.RenderResponse;
import dev.paddock.contracts.inference.TokenLogprob;
import dev.paddock.contracts.inference.TokenUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * A worker at the process border whose models are easy to foresee: the adapted one, and the one that was trained whole, answers {@code code of <x>} with
 * {@code C-<x>}, the base never. Without a chat both find the shortest choice likeliest; in a chat the adapted one finds the
 * choice likeliest that the system turn names, the base the shortest. Classifiers say what {@link #classify} does. It lives as long as its process.
 */
final class FakeWorker {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ASSISTANT = "<assistant>";

    /** A text with this word is longer than its models' context. */
    static final String OVERLONG = "overlong";

    /** A model that was trained whole has a digest that begins so. */
    static final String WHOLE = "sha256:ed";

    private final HttpServer server;
    final AtomicInteger calls = new AtomicInteger();
    volatile boolean down;
    private volatile CountDownLatch held = new CountDownLatch(0);

    private FakeWorker(HttpServer server) {
        this.server = server;
        server.createContext("/internal/v1/", this::answer);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.start();
    }

    static FakeWorker start() {
        try {
            return new FakeWorker(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps every call waiting until {@link #letGo}. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void letGo() {
        held.countDown();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        awaitLeave();
        byte[] request = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (down) {
            send(exchange, 503, problem("unavailable"));
        } else if (!path.endsWith("/render") && new String(request, StandardCharsets.UTF_8).contains(OVERLONG)) {
            send(exchange, 422, problem("context-length-exceeded"));
        } else {
            send(exchange, 200, JSON.writeValueAsBytes(answer(path, request)));
        }
    }

    private static byte[] problem(String code) {
        return "{\"code\":\"%s\",\"detail\":\"no\"}".formatted(code).getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders()
                .add("Content-Type", status == 200 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void awaitLeave() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Object answer(String path, byte[] body) {
        if (path.endsWith("/render")) {
            return render(JSON.readValue(body, RenderRequest.class));
        }
        if (path.endsWith("/classifications")) {
            return classify(JSON.readValue(body, ClassificationRequest.class));
        }
        CompletionRequest request = JSON.readValue(body, CompletionRequest.class);
        return request.messages() == null ? score(request) : generate(request);
    }

    /** A template that writes every turn, and in the end who is to speak. */
    private static RenderResponse render(RenderRequest request) {
        StringBuilder prompt = new StringBuilder();
        request.messages().forEach(turn -> prompt.append("<%s>%s\n".formatted(turn.role(), turn.content())));
        return new RenderResponse(prompt + (request.addGenerationPrompt() ? ASSISTANT : ""), 1, List.of(0));
    }

    private static CompletionResponse score(CompletionRequest request) {
        List<Completion> scored = new ArrayList<>();
        List<String> prompts = Objects.requireNonNull(request.prompts());
        if (prompts.size() > CompletionRequest.MOST_PROMPTS) {
            throw new IllegalArgumentException("prompts is " + prompts.size());
        }
        for (String prompt : prompts) {
            boolean chat = prompt.contains(ASSISTANT);
            if (chat == Boolean.TRUE.equals(request.plain())) {
                throw new IllegalArgumentException("control tokens count in chats alone: " + prompt);
            }
            if (chat
                    != (request.data() != null
                            && request.data().get(scored.size()).contains(0))) {
                throw new IllegalArgumentException("what the template wrote and what the item: " + request.data());
            }
            String mark = chat ? ASSISTANT : "\nAnswer:";
            int context = prompt.indexOf(mark) + mark.length();
            boolean named = prompt.startsWith("<system>" + prompt.substring(context) + "\n");
            double likely = chat && named && trained(request)
                    ? -1
                    : -100.0 * (prompt.length() - context) * (prompt.length() - context);
            TokenLogprob before = new TokenLogprob(1, prompt.substring(0, context), -100.0, 0, Map.of());
            TokenLogprob choice = new TokenLogprob(2, prompt.substring(context), likely, context, Map.of());
            scored.add(new Completion(scored.size(), 0, prompt, "length", List.of(before, choice)));
        }
        return new CompletionResponse(scored, new TokenUsage(1, 0));
    }

    private static boolean trained(CompletionRequest request) {
        return request.model().adapter() != null || request.model().base().startsWith(WHOLE);
    }

    /** {@code intent <x>} has label x, where it is one of its three; in other messages {@code noon} is a time. */
    private static ClassificationResponse classify(ClassificationRequest request) {
        List<String> labels = List.of("lost card", "top up", "greeting");
        List<Classification> found = request.inputs().stream()
                .map(input -> String.valueOf(input.get(input.size() - 1).content()))
                .map(text -> {
                    String label = text.replace("intent ", "");
                    int noon = text.indexOf("noon");
                    return text.startsWith("intent ")
                            ? new Classification(labels.contains(label) ? label : "greeting", List.of(1.0), null)
                            : new Classification(
                                    null,
                                    null,
                                    noon < 0 ? List.of() : List.of(new ClassifiedSpan(noon, noon + 4, "time", 1)));
                })
                .toList();
        return new ClassificationResponse("sequence", labels, found, new TokenUsage(1, 0));
    }

    private static CompletionResponse generate(CompletionRequest request) {
        String asked =
                String.valueOf(Objects.requireNonNull(request.messages()).get(0).content());
        String text = trained(request) ? " C-" + asked.replace("code of ", "") + "\n" : "I cannot know";
        return new CompletionResponse(List.of(new Completion(0, 0, text, "stop", null)), new TokenUsage(1, 1));
    }
}
