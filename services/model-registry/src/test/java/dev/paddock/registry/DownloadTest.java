package dev.paddock.registry;

import static dev.paddock.registry.Story.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import dev.paddock.testkit.TestInfrastructure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** An adapter's folder as a ZIP, named by its digest. */
@ServiceTest
class DownloadTest {
    private static final FakeWorker WORKER = new FakeWorker();

    @DynamicPropertySource
    static void worker(DynamicPropertyRegistry properties) {
        properties.add("paddock.services.worker", WORKER::address);
    }

    @Autowired
    private TestApi api;

    private Story story;
    private JsonNode adapter;

    @BeforeEach
    void anAdapterIsOnRecord(@Autowired ArtifactStore store, @Autowired Producer<String, String> producer)
            throws IOException {
        story = new Story(api, store, producer);
        adapter = story.trained(story.importedBase("tiny"));
    }

    @Test
    void itHoldsTheFolderAndIsTheSameEveryTime() throws Exception {
        HttpResponse<byte[]> first = download("none");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("ETag"))
                .hasValue("\"" + adapter.path("digest").asString() + "\"");
        assertThat(unpacked(first.body()))
                .containsOnlyKeys("adapter_config.json", "adapter_model.safetensors", "paddock.json")
                .containsEntry("adapter_config.json", "{\"peft_type\":\"LORA\"}");
        assertThat(download("none").body()).isEqualTo(first.body());
    }

    @Test
    void whoHasItAlreadyGetsNoBytes() throws Exception {
        HttpResponse<byte[]> answer = download("\"" + adapter.path("digest").asString() + "\"");

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aBaseInGgufIsWrittenByAWorker(@Autowired ArtifactStore store) throws Exception {
        JsonNode base = story.importedBase("gguf", Folders.gguf(store), "gguf");
        String digest = base.path("digest").asString();
        byte[] zip = "what the worker writes".getBytes(StandardCharsets.UTF_8);
        WORKER.answers("/internal/v1/bases/" + digest + "/huggingface", 200, zip);

        HttpResponse<byte[]> answer = download(base, "", "none");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(zip);
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"" + digest + "-huggingface\"");
        assertThat(unpacked(download(base, "?format=IMPORTED", "none").body())).containsOnlyKeys("model.gguf");
    }

    @Test
    void whatTheWorkerRefusesIsTold(@Autowired ArtifactStore store) throws Exception {
        JsonNode base = story.importedBase("gguf", Folders.gguf(store), "gguf");
        String path = "/internal/v1/bases/" + base.path("digest").asString() + "/huggingface";
        String problem = "{\"code\":\"malformed-artifact\",\"title\":\"broken\",\"detail\":\"no magic\"}";
        WORKER.answers(path, 422, problem.getBytes(StandardCharsets.UTF_8));

        HttpResponse<byte[]> answer = download(base, "", "none");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("malformed-artifact", "no magic");
    }

    @Test
    void aWorkerWritesGgufFilesOfModelsAndAdapters() throws Exception {
        String base = adapter.path("baseDigest").asString();
        byte[] file = "GGUF".getBytes(StandardCharsets.UTF_8);
        WORKER.answers("/internal/v1/bases/" + base + "/gguf", 200, file);
        String digest = adapter.path("digest").asString();

        HttpResponse<byte[]> alone = download(adapter, "?format=GGUF", "none");
        assertThat(alone.body()).isEqualTo(file);
        assertThat(alone.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(alone.headers().firstValue("Content-Disposition").orElse("")).contains(".gguf");
        assertThat(WORKER.asked()).isEqualTo("adapter=" + digest);

        assertThat(download(adapter, "?format=GGUF&merged=true&type=Q4_0", "none")
                        .headers()
                        .firstValue("ETag"))
                .hasValue("\"" + digest + "-gguf-Q4_0-merged\"");
        assertThat(WORKER.asked()).isEqualTo("type=Q4_0&adapter=" + digest + "&merged=true");
    }

    @Test
    void whatMeansNothingForAVersionIsRefusedByName() throws Exception {
        for (String query : List.of("?type=Q8_0", "?merged=true", "?format=GGUF&type=Q8_0", "?format=GGUF&type=Q3_K")) {
            HttpResponse<byte[]> answer = download(adapter, query, "none");
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            String field = query.contains("type") ? "type" : "merged";
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(field);
        }
    }

    @Test
    void anUnknownFormatIsRefused() throws Exception {
        assertThat(download(adapter, "?format=ONNX", "none").statusCode()).isEqualTo(400);
    }

    @Test
    void aSlowReaderIsNotCutOff(@Value("${spring.mvc.async.request-timeout}") Duration limit) {
        assertThat(limit).isNegative();
    }

    private HttpResponse<byte[]> download(String known) throws IOException, InterruptedException {
        return download(adapter, "", known);
    }

    private HttpResponse<byte[]> download(JsonNode version, String query, String known)
            throws IOException, InterruptedException {
        String token = TestInfrastructure.get().tokens().token("engineer", story.tenant, "engineer");
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + api.port() + "/api/v1/versions/" + id(version) + "/download" + query))
                .header("Authorization", "Bearer " + token)
                .header("If-None-Match", known)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Map<String, String> unpacked(byte[] zip) throws IOException {
        Map<String, String> files = new TreeMap<>();
        ZipInputStream content = new ZipInputStream(new ByteArrayInputStream(zip));
        for (ZipEntry entry = content.getNextEntry(); entry != null; entry = content.getNextEntry()) {
            files.put(entry.getName(), new String(content.readAllBytes(), StandardCharsets.UTF_8));
        }
        return files;
    }
}
