package dev.paddock.gateway.openai;

import dev.paddock.gateway.GatewayProperties;
import dev.paddock.gateway.answer.Asker;
import dev.paddock.gateway.async.Shares;
import dev.paddock.gateway.error.OpenAiException;
import dev.paddock.kit.telemetry.Traces;
import io.opentelemetry.context.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Lets in what asks guard or worker, on a thread of its own: a request holds a slot from before its body is read, and the bytes of that
 * body, until it is answered. What finds no room, or whose key holds its share already, is a 429. What answers it belongs to the
 * caller's trace.
 */
@Component
final class Admission {
    private final Shares slots;
    private final Shares bytes;
    private final Traces traces;

    Admission(GatewayProperties properties, Traces traces) {
        this.traces = traces;
        this.slots = new Shares(properties.concurrentAnswers(), properties.share(properties.concurrentAnswers()));
        int bodies = (int) properties.bodiesInFlight().toBytes();
        this.bytes = new Shares(bodies, Math.max(properties.share(bodies), RequestBody.MOST_BYTES));
    }

    /** Answers a request whose body was read, and writes the answer itself. */
    interface Work {
        void answer(byte[] body) throws IOException;
    }

    Callable<@Nullable ResponseEntity<Void>> admit(Asker asker, HttpServletRequest request, Work work) {
        return () -> {
            take(slots, asker.keyId(), 1, "Too many answers are in work, or too many of this key");
            try {
                answer(asker.keyId(), request, work);
            } finally {
                slots.giveBack(asker.keyId(), 1);
            }
            return null;
        };
    }

    @SuppressWarnings("try")
    private void answer(UUID key, HttpServletRequest request, Work work) throws IOException {
        int held = RequestBody.most(request);
        take(bytes, key, held, "Too many bytes of requests are in work, or too many of this key");
        try {
            byte[] body = RequestBody.read(request);
            bytes.giveBack(key, held - body.length);
            held = body.length;
            try (Scope trace = traces.of(request).makeCurrent()) {
                work.answer(body);
            }
        } finally {
            bytes.giveBack(key, held);
        }
    }

    private static void take(Shares shares, UUID key, int amount, String reason) {
        if (!shares.take(key, amount)) {
            throw OpenAiException.busy(reason + "; try again in a second.", 1);
        }
    }
}
