package dev.paddock.gateway.world;

import dev.paddock.embedded.Ports;
import dev.paddock.testkit.InfrastructureInitializer;
import dev.paddock.testkit.OtlpReceiver;
import dev.paddock.testkit.TestInfrastructure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** All parts around one gateway that is its own issuer. */
public final class World implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    public static final GuardPart GUARD = new GuardPart();
    public static final WorkerPart WORKER = new WorkerPart();
    public static final RegistryPart REGISTRY = new RegistryPart();
    public static final BrokenPart BROKEN = new BrokenPart();
    public static final AdminPart ADMIN = new AdminPart();
    public static final OtlpReceiver SPANS = new OtlpReceiver();
    public static final int PORT = Ports.free();
    public static final String URL = "http://127.0.0.1:" + PORT;
    public static final int WINDOW = 4;
    public static final int CONCURRENT_ANSWERS = 120;
    public static final Duration PROXY_TIMEOUT = Duration.ofSeconds(5);
    public static final Set<String> USERS =
            new TreeSet<>(Set.of("steward", "engineer", "approver", "safety", "platform", "auditor"));
    public static final Set<String> SERVICES = new TreeSet<>(
            Set.of("dataset", "training-job", "model-registry", "safety-guard", "evaluation", "gateway", "worker"));

    public static String secret(String client) {
        return "secret-of-" + client + "-0123456789";
    }

    public static void reset() {
        GUARD.be(GuardPart.Mode.WORKING);
        WORKER.say("All", " is", " well", ".");
        REGISTRY.standard();
        BROKEN.early(true);
        ADMIN.reset();
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        new InfrastructureInitializer().initialize(context);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("world", properties()));
    }

    private static Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", PORT);
        properties.put("paddock.identity.embedded", true);
        properties.put("paddock.identity.issuer", URL);
        properties.put("paddock.identity.jwk-set-uri", URL + "/oauth2/jwks");
        properties.put("paddock.identity.token-uri", URL + "/oauth2/token");
        properties.put("paddock.identity.client-id", "gateway");
        properties.put("paddock.identity.client-secret", secret("gateway"));
        properties.put(
                "paddock.identity.signing-key",
                TestInfrastructure.get().folder("keys/signing.jwk").toString());
        USERS.forEach(name -> properties.put("paddock.identity.clients." + name + ".secret", secret(name)));
        SERVICES.forEach(name -> properties.put("paddock.identity.clients." + name + ".secret", secret(name)));
        properties.put("paddock.services.model-registry", REGISTRY.url());
        properties.put("paddock.services.safety-guard", GUARD.url());
        properties.put("paddock.services.worker", WORKER.url());
        properties.put("paddock.services.dataset", ADMIN.url());
        properties.put("paddock.gateway.routes.dataset", "dataset,documents,datasets,dataset-versions,rows");
        properties.put("paddock.gateway.routes.broken", "recipes");
        properties.put("paddock.services.broken", BROKEN.url());
        properties.put("paddock.services.training-job", ADMIN.url());
        properties.put("paddock.services.evaluation", "http://127.0.0.1:" + Ports.free());
        properties.put("paddock.gateway.window-tokens", WINDOW);
        properties.put("paddock.gateway.concurrent-answers", CONCURRENT_ANSWERS);
        properties.put("paddock.gateway.verdict-timeout", "5s");
        properties.put("paddock.gateway.idle-timeout", "2s");
        properties.put("paddock.gateway.proxy-timeout", PROXY_TIMEOUT);
        properties.put("paddock.gateway.texts-kept-for", "open");
        properties.put("otel.exporter.otlp.endpoint", SPANS.url());
        properties.put("otel.bsp.schedule.delay", "100");
        return properties;
    }
}
