package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.TestInfrastructure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** A base leaves the worker as a Hugging Face folder. */
class BaseExportTest extends WorkerStory {
    @Test
    void itsFilesComeAsZip() throws Exception {
        HttpResponse<InputStream> answer = export(base(), "service");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(names(answer.body()))
                .containsExactly(
                        "README.md", "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");
    }

    @Test
    void onlyServicesMayAskAndOnlyForWhatIsThere() throws Exception {
        assertThat(export(base(), "engineer").statusCode()).isEqualTo(403);
        assertThat(export(TestModels.unknown(), "service").statusCode()).isEqualTo(404);
    }

    private HttpResponse<InputStream> export(String digest, String role) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + api.port() + "/internal/v1/bases/" + digest + "/huggingface"))
                .header(
                        "Authorization",
                        "Bearer " + TestInfrastructure.get().tokens().token(role))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private static List<String> names(InputStream body) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(body)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
