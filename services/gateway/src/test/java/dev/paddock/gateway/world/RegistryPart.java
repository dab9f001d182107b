package dev.paddock.gateway.world;

import com.sun.net.httpserver.HttpExchange;
import dev.paddock.contracts.registry.ServedModel;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** model-registry: says what is deployed, or is away; its admin paths answer with what they were asked. */
public final class RegistryPart extends HttpPart {
    public static final String BASE = "small-base";
    public static final String ADAPTER = "tickets";
    public static final UUID ADAPTER_VERSION = UUID.fromString("00000000-0000-7000-8000-0000000000b1");
    public static final String BASE_DIGEST = "sha256:" + "b".repeat(64);
    public static final String ADAPTER_DIGEST = "sha256:" + "a".repeat(64);

    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean away;
    private volatile List<ServedModel> served = List.of();
    private volatile Runnable meanwhile = () -> {};

    public void standard() {
        away = false;
        asked.set(0);
        meanwhile = () -> {};
        serve(List.of(base("default"), adapter("default"), guard(), base("open"), adapter("other")));
    }

    public void serve(List<ServedModel> models) {
        served = models;
    }

    /** What happens once, between the registry's looking and its answer. */
    public void meanwhile(Runnable event) {
        meanwhile = event;
    }

    public void beAway() {
        away = true;
    }

    public int asked() {
        return asked.get();
    }

    public static ServedModel base(String tenant) {
        return model(BASE, "BASE", tenant, BASE_DIGEST, UUID.randomUUID(), null);
    }

    public static ServedModel adapter(String tenant) {
        String name = tenant.equals("default") ? ADAPTER : "secret-of-" + tenant;
        return model(name, "ADAPTER", tenant, ADAPTER_DIGEST, ADAPTER_VERSION, ADAPTER_DIGEST);
    }

    /** The same name with another version's digest. */
    public static ServedModel adapterOf(String digest) {
        return model(ADAPTER, "ADAPTER", "default", digest, UUID.randomUUID(), digest);
    }

    private static ServedModel guard() {
        return model("guard", "GUARD", "default", "sha256:" + "9".repeat(64), UUID.randomUUID(), ADAPTER_DIGEST);
    }

    private static ServedModel model(
            String name, String kind, String tenant, String digest, UUID version, @Nullable String adapter) {
        return new ServedModel(
                name,
                version,
                kind,
                digest,
                UUID.randomUUID(),
                BASE,
                BASE_DIGEST,
                adapter,
                GuardPart.POLICY,
                Instant.parse("2026-11-23T10:00:00Z"),
                tenant);
    }

    @Override
    protected void handle(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        if (away) {
            json(exchange, 503, Map.of("code", "unavailable"));
        } else {
            List<ServedModel> seen = served;
            Runnable once = meanwhile;
            meanwhile = () -> {};
            once.run();
            json(exchange, 200, seen);
        }
    }
}
