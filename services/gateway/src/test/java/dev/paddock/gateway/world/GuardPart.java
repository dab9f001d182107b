package dev.paddock.gateway.world;

import com.sun.net.httpserver.HttpExchange;
import dev.paddock.contracts.guard.GuardText;
import dev.paddock.contracts.guard.Verdict;
import dev.paddock.contracts.guard.VerdictRequest;
import dev.paddock.contracts.inference.ChatMessage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** safety-guard: unsafe is a prompt with the word in any message, or an answer with it; it can be without a verdict in many ways. */
public final class GuardPart extends HttpPart {
    public static final String UNSAFE = "poison";
    public static final UUID POLICY = UUID.fromString("00000000-0000-7000-8000-0000000000aa");
    public static final UUID GUARD_VERSION = UUID.fromString("00000000-0000-7000-8000-0000000000ab");

    /** How the guard behaves. */
    public enum Mode {
        WORKING,
        NO_MODEL,
        FAULTY,
        SLOW,
        TOO_LONG,
        UNKNOWN_POLICY,
        FAULTY_ON_ANSWERS
    }

    private volatile Mode mode = Mode.WORKING;
    private final List<VerdictRequest> requests = new CopyOnWriteArrayList<>();

    public void be(Mode next) {
        mode = next;
        requests.clear();
    }

    public List<VerdictRequest> requests() {
        return requests;
    }

    @Override
    protected void handle(HttpExchange exchange) throws IOException {
        VerdictRequest request = JSON.readValue(exchange.getRequestBody().readAllBytes(), VerdictRequest.class);
        requests.add(request);
        if (mode == Mode.NO_MODEL) {
            json(exchange, 503, Map.of("code", "no-guard-model", "detail", "the policy has no guard model"));
        } else if (mode == Mode.TOO_LONG) {
            json(
                    exchange,
                    413,
                    Map.of("code", "too-long-to-judge", "detail", "the conversation has 400001 characters"));
        } else if (mode == Mode.UNKNOWN_POLICY) {
            json(exchange, 404, Map.of("code", "not-found", "detail", "there is no policy"));
        } else if (mode == Mode.FAULTY
                || (mode == Mode.FAULTY_ON_ANSWERS && request.role().equals("assistant"))) {
            json(exchange, 500, Map.of("code", "internal-error"));
        } else {
            if (mode == Mode.SLOW) {
                sleep();
            }
            List<ChatMessage> messages = request.messages();
            int first = request.role().equals("assistant") ? messages.size() - 1 : 0;
            boolean safe = messages.subList(first, messages.size()).stream()
                    .noneMatch(message -> GuardText.of(message).contains(UNSAFE));
            List<String> categories = safe ? List.of() : List.of("S2");
            double score = safe ? 0.01 : 0.99;
            json(exchange, 200, new Verdict(UUID.randomUUID(), safe, categories, score, POLICY, 3, GUARD_VERSION));
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
