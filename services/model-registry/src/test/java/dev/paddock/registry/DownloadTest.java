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
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

/** An adapter's folder as a ZIP, named by its digest. */
@ServiceTest
class DownloadTest {
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
    void aSlowReaderIsNotCutOff(@Value("${spring.mvc.async.request-timeout}") Duration limit) {
        assertThat(limit).isNegative();
    }

    private HttpResponse<byte[]> download(String known) throws IOException, InterruptedException {
        String token = TestInfrastructure.get().tokens().token("engineer", story.tenant, "engineer");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + api.port() + "/api/v1/versions/" + id(adapter) + "/download"))
                .header("Authorization", "Bearer " + token)
                .header("If-None-Match", known)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Map<String, String> unpacked(byte[] zip) throws IOException {
        Map<String, String> files = new TreeMap<>();
        ZipInputStream content = new ZipInputStream(new ByteArrayInputStream(zip));
        for (ZipEntry entry = content.getNextEntry(); entry != null; entry = content.getNextEntry()) {
            files.put(entry.getName(), new String(content.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return files;
    }
}
