package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.weights.Gguf;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.testkit.TestInfrastructure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** A base leaves the worker as a Hugging Face folder or a GGUF file. */
class BaseExportTest extends WorkerStory {
    @Test
    void itsFilesComeAsZip() throws Exception {
        HttpResponse<InputStream> answer = export(base() + "/huggingface", "service");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(names(answer.body()))
                .containsExactly(
                        "README.md", "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");
    }

    @Test
    void onlyServicesMayAskAndOnlyForWhatIsThere() throws Exception {
        assertThat(export(base() + "/huggingface", "engineer").statusCode()).isEqualTo(403);
        assertThat(export(TestModels.unknown() + "/huggingface", "service").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aGgufFileIsMadeWithTheAskedTypeAndRefusedForAnUnknownOne() throws Exception {
        HttpResponse<InputStream> answer = export(base() + "/gguf?type=Q8_0", "service");
        assertThat(answer.statusCode()).isEqualTo(200);
        Path file = temporary.resolve("model.gguf");
        Files.copy(answer.body(), file);
        try (Gguf gguf = Gguf.open(file)) {
            assertThat(gguf.info("blk.0.attn_q.weight").type()).isEqualTo(TensorType.Q8_0);
            assertThat(gguf.metadata()).containsKeys("tokenizer.ggml.tokens", "tokenizer.chat_template");
        }
        assertThat(export(base() + "/gguf?type=Q3_K", "service").statusCode()).isEqualTo(400);
    }

    private HttpResponse<InputStream> export(String path, String role) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + api.port() + "/internal/v1/bases/" + path))
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
