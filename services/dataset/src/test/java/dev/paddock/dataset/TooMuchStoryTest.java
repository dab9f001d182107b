package dev.paddock.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.FillableDisk;
import dev.paddock.testkit.TestApi;
import dev.paddock.testkit.TestInfrastructure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** More than the bound of 1 MB (64 KB of JSON), and more than the disk has room for: told, and nothing stored. */
@DatasetTest
class TooMuchStoryTest {
    private static final int BOUND = 1 << 20;
    private static final String ROW = "{\"prompt\":\"Where is parcel %d?\",\"completion\":\"In hall seven.\"}\n";
    private static final byte[] TOO_LONG = Desk.bytes(ROW.repeat(BOUND / ROW.length() + 1));

    @Autowired
    private Desk desk;

    @Autowired
    private FillableDisk disk;

    @AfterEach
    void free() {
        disk.free();
    }

    @Test
    void aDocumentAboveTheBoundIsRefusedByItsBound() throws IOException {
        List<Path> before = stored();
        TestApi.Answer refused = desk.steward().upload("/api/v1/documents", "long.txt", TOO_LONG);
        assertTooLarge(refused, "the upload exceeds 1048576 bytes: split it");
        TestApi.Answer keyed =
                desk.steward().header("Idempotency-Key", "long").upload("/api/v1/documents", "long.txt", TOO_LONG);
        assertTooLarge(keyed, "the upload exceeds 1048576 bytes: split it");
        assertThat(desk.steward().get("/api/v1/documents?limit=200").text()).doesNotContain("long.txt");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void rowsAboveTheBoundAreRefusedHoweverTheyCome() throws Exception {
        String uploads = "/api/v1/datasets/" + desk.dataset("too many rows") + "/uploads";
        List<Path> before = stored();
        assertTooLarge(
                desk.steward().upload(uploads, "rows.jsonl", TOO_LONG), "the upload exceeds 1048576 bytes: split it");
        String rule = "the body exceeds 1048576 bytes: split it";
        assertTooLarge(desk.steward().post(uploads, Desk.JSONL, TOO_LONG), rule);
        HttpResponse<String> unannounced = withoutLength(uploads, "");
        assertThat(unannounced.statusCode()).as(unannounced.body()).isEqualTo(413);
        assertThat(unannounced.body()).contains(rule);
        HttpResponse<String> keyed = withoutLength(uploads, "too-many");
        assertThat(keyed.statusCode()).as(keyed.body()).isEqualTo(413);
        assertThat(keyed.body()).contains(rule);
        assertThat(desk.steward().get(uploads).json().path("items")).isEmpty();
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void jsonHasABoundOfItsOwn() {
        TestApi.Answer refused =
                desk.steward().post("/api/v1/datasets", Map.of("name", "wordy", "description", "x".repeat(70_000)));
        assertTooLarge(refused, "the body exceeds 65536 bytes: split it");
    }

    @Test
    void aFullDiskRefusesTheUploadAndLeavesNothingBehind() throws IOException {
        String dataset = desk.dataset("full disk");
        String uploads = "/api/v1/datasets/" + dataset + "/uploads";
        List<Path> before = stored();
        byte[] rows = Desk.bytes(ROW.formatted(1).repeat(2000));
        disk.fill(rows.length + 1000);
        TestApi.Answer refused =
                desk.steward().header("Idempotency-Key", "full").post(uploads, Desk.JSONL, rows);
        assertFull(refused);
        disk.fill(10);
        assertFull(desk.steward().upload("/api/v1/documents", "full.txt", Desk.bytes("Returns go to hall seven.")));
        assertThat(desk.steward().get(uploads).json().path("items")).isEmpty();
        assertThat(stored().stream().filter(path -> path.toString().contains("incoming")))
                .isEmpty();
        disk.free();
        TestApi.Answer again = desk.steward().header("Idempotency-Key", "full").post(uploads, Desk.JSONL, rows);
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        assertThat(again.header("Idempotency-Replayed")).isNull();
        assertThat(stored()).hasSizeGreaterThan(before.size());
    }

    @Test
    void aFullDiskPublishesNoVersion() {
        String dataset = desk.dataset("full disk of versions");
        String upload = Desk.id(desk.jsonl(dataset, ROW.formatted(1) + ROW.formatted(2)));
        disk.fill(100);
        Map<String, Object> order = Map.of("recipe", "enterprise-docs", "uploads", List.of(upload));
        assertFull(desk.order(dataset, order));
        assertThat(desk.steward()
                        .get("/api/v1/datasets/" + dataset + "/versions")
                        .json()
                        .path("items"))
                .isEmpty();
        disk.free();
        assertThat(desk.order(dataset, order).json().path("number").asInt()).isEqualTo(1);
    }

    private HttpResponse<String> withoutLength(String path, String key) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + desk.port() + path))
                .header("Content-Type", "application/jsonl")
                .header(
                        "Authorization",
                        "Bearer " + TestInfrastructure.get().tokens().token("steward"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(TOO_LONG)));
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void assertTooLarge(TestApi.Answer answer, String rule) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(413);
        assertThat(answer.json().path("code").asString()).isEqualTo("too-large");
        assertThat(answer.json().path("detail").asString()).isEqualTo(rule);
    }

    private static void assertFull(TestApi.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(507);
        assertThat(answer.json().path("code").asString()).isEqualTo("insufficient-storage");
        assertThat(answer.json().path("detail").asString())
                .isEqualTo("the artifact store's disk is full: free some space");
    }

    private static List<Path> stored() throws IOException {
        Path folder = TestInfrastructure.get().folder("artifacts");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
