package dev.paddock.gateway.portal;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.World;
import dev.paddock.testkit.ClientScript;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the portal shows of methods and of their parameters. */
@GatewayTest
class PortalMethodsTest {
    private static final String SCHEMA = """
            {"type":"object","required":["name"],"properties":{
            "name":{"type":"string","description":"What it is called"},
            "r":{"type":"integer","minimum":1,"maximum":512,"default":8,"description":"Rank of the adapters"},
            "learningRate":{"type":"number","exclusiveMinimum":0,"maximum":1,"default":2.0E-4,"description":"Peak"},
            "targetModules":{"type":"array","minItems":1,"items":{"type":"string","enum":["q_proj","v_proj"]},"default":["q_proj"]},
            "rankPattern":{"type":"object","maxProperties":64,"default":{},
            "additionalProperties":{"type":"integer","minimum":1,"maximum":512}},
            "trials":{"anyOf":[{"type":"null"},{"type":"integer","minimum":1}],"default":null},
            "script":{"type":"string","default":"<script>alert(1)</script>"}}}
            """;
    private static final String METHOD = """
            {"id":"lora","family":"adapters","summary":"Trains low-rank matrices.","paper":"LoRA","adapter":"lora","objective":"sft",
            "adapters":["dora","lora"],"objectives":[],"parameters":%s,"example":{"method":"lora","params":{"r":16}}}
            """.formatted(SCHEMA);

    @TempDir
    Path folder;

    @Test
    void aSchemaIsATableOfNamesTypesDefaultsRangesAndDescriptions() throws Exception {
        assumeTrue(ClientScript.run(folder, "node", "--version").status() == 0, "no node");
        try (InputStream in = PortalPages.class.getResourceAsStream("/paddock-portal/parameters.js")) {
            String functions = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            Path script = folder.resolve("parameters.js");
            Files.writeString(script, functions + "console.log(JSON.stringify(parametersOf(" + SCHEMA + ")));");
            ClientScript.Result result = ClientScript.run(folder, "node", script.toString());
            assertThat(result.status()).as(result.output()).isZero();
            JsonNode rows = JsonMapper.shared().readTree(result.output());
            assertThat(rows.valueStream().map(PortalMethodsTest::row))
                    .containsExactly(
                            "name|string|required||What it is called",
                            "r|integer|8|from 1 to 512|Rank of the adapters",
                            "learningRate|number|0.0002|above 0 to 1|Peak",
                            "targetModules|array of string|[\"q_proj\"]|1 or more entries; q_proj, v_proj|",
                            "rankPattern|object of integer|{}|at most 64 entries; from 1 to 512|",
                            "trials|integer or null|null|from 1|",
                            "script|string|\"<script>alert(1)</script>\"||");
        }
    }

    private static String row(JsonNode row) {
        return Stream.of("name", "type", "default", "range", "description")
                .map(field -> row.path(field).asString())
                .collect(joining("|"));
    }

    @Test
    void aBrowserShowsTheListAndTheChosenMethodUnderThePagesOwnPolicy() throws Exception {
        String browser = Stream.of("chromium", "chromium-browser", "google-chrome")
                .filter(name -> ClientScript.runs(folder, name, "--version"))
                .findFirst()
                .orElse("");
        assumeTrue(!browser.isEmpty(), "no chromium");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", PortalMethodsTest::page);
        server.createContext("/api/v1/", PortalMethodsTest::api);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        try {
            String dom = ClientScript.run(
                            folder,
                            browser,
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--user-data-dir=" + folder.resolve("profile"),
                            "--virtual-time-budget=20000",
                            "--dump-dom",
                            "http://127.0.0.1:" + server.getAddress().getPort() + "/#method/lora")
                    .output();
            assertThat(dom)
                    .contains("<h3>adapters</h3>", "href=\"#method/lora\" aria-current=\"true\"", "Paper: LoRA")
                    .contains("7 parameters of lora", "<th scope=\"row\"><code>r</code></th>", "from 1 to 512")
                    .contains("Rank of the adapters", "<option>dora</option>", "\"r\": 16")
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                    .doesNotContain("choose-objective", "<script>alert");
        } finally {
            server.stop(0);
        }
    }

    /** The gateway's own page, with its policy. */
    private static void page(HttpExchange exchange) throws IOException {
        URI address = URI.create(World.URL + exchange.getRequestURI().getRawPath());
        HttpRequest request = HttpRequest.newBuilder(address).build();
        try {
            HttpResponse<byte[]> page =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
            for (String header : new String[] {"Content-Type", "Content-Security-Policy"}) {
                page.headers().firstValue(header).ifPresent(value -> exchange.getResponseHeaders()
                        .set(header, value));
            }
            send(exchange, page.statusCode(), page.body());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void api(HttpExchange exchange) throws IOException {
        Map<String, String> answers = Map.of(
                "/api/v1/me",
                "{\"subject\":\"engineer\",\"roles\":[\"engineer\"],\"tenant\":\"default\"}",
                "/api/v1/methods",
                "{\"items\":[" + METHOD + "]}",
                "/api/v1/methods/lora",
                METHOD);
        String answer = answers.getOrDefault(exchange.getRequestURI().getPath(), "{\"items\":[]}");
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        send(exchange, 200, answer.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
