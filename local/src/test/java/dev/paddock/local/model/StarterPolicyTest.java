package dev.paddock.local.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.contracts.guard.DefaultTaxonomy;
import dev.paddock.contracts.guard.GuardCategory;
import dev.paddock.local.client.RestApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The default policy follows the starter guard, unless somebody else wrote it. */
class StarterPolicyTest {
    private static final List<GuardCategory> SHORT = List.of(new GuardCategory("S1", "Harm", "Hurt."));
    private static final List<GuardCategory> OTHER = List.of(new GuardCategory("S7", "Advice", "Legal advice."));
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<JsonNode> published = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private List<Map<String, String>> guards = List.of();
    private Map<String, ?> policy = Map.of();
    private int refusals;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/policies", this::policies);
        server.createContext("/api/v1/versions", exchange -> send(exchange, 200, Map.of("items", guards)));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theFirstPolicyTakesOverTheTaxonomyAndNamesTheGuardOnceItIsKnown() {
        policy = policy(DefaultTaxonomy.CATEGORIES, "");
        refusals = 1;
        policies().fit("g1", SHORT);
        assertThat(published).hasSize(2);
        assertThat(published.get(1).path("guardVersionId").asString()).isEqualTo("g1");
        assertThat(published.get(1).path("categories").path(0).path("name").asString())
                .isEqualTo("Harm");
        assertThat(published.get(1).path("threshold").asDouble()).isEqualTo(0.4);
    }

    @Test
    void aPolicyThatFitsStays() {
        policy = policy(DefaultTaxonomy.CATEGORIES, "");
        policies().fit("g1", DefaultTaxonomy.CATEGORIES);
        policy = policy(SHORT, "g1");
        policies().fit("g1", SHORT);
        assertThat(published).isEmpty();
    }

    @Test
    void aPolicyThatAnOfficerWroteStays() {
        policy = policy(OTHER, "");
        policies().fit("g1", SHORT);
        guards = List.of(Map.of("id", "g2", "name", "the-company-guard"));
        policy = policy(DefaultTaxonomy.CATEGORIES, "g2");
        policies().fit("g1", SHORT);
        assertThat(published).isEmpty();
    }

    @Test
    void aGuardOfTheDefaultTaxonomyTakesThePolicyBackFromAnotherStarterGuard() {
        guards = List.of(Map.of("id", "g1", "name", "starter-guard-tiny"));
        policy = policy(SHORT, "g1");
        policies().fit("g2", DefaultTaxonomy.CATEGORIES);
        assertThat(published).singleElement().satisfies(body -> {
            assertThat(body.has("guardVersionId")).isFalse();
            assertThat(body.path("categories").size()).isEqualTo(DefaultTaxonomy.CATEGORIES.size());
        });
    }

    @Test
    void knowsOfOtherGuards() {
        guards = List.of(Map.of("id", "g1", "name", "starter-guard-tiny"));
        assertThat(policies().hasOtherGuardThan("starter-guard-tiny")).isFalse();
        assertThat(policies().hasOtherGuardThan("starter-guard-large")).isTrue();
    }

    private StarterPolicy policies() {
        return new StarterPolicy(
                new RestApi("http://127.0.0.1:" + server.getAddress().getPort(), () -> "token"));
    }

    private static Map<String, ?> policy(List<GuardCategory> categories, String guard) {
        return Map.of(
                "name", "default", "version", 1, "categories", categories, "guardVersionId", guard, "threshold", 0.4);
    }

    private void policies(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, 200, Map.of("items", List.of(policy)));
            return;
        }
        published.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
        send(exchange, published.size() > refusals ? 201 : 503, Map.of());
    }

    private static void send(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
