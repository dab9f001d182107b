package dev.paddock.kit.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.kit.sample.Effects;
import dev.paddock.kit.sample.KitApplication;
import dev.paddock.testkit.ServiceTest;
import dev.paddock.testkit.TestApi;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@ServiceTest
@SpringBootTest(classes = KitApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class IdempotencyTest {
    private static final String PATH = "/api/v1/datasets";

    @Autowired
    private TestApi api;

    @Autowired
    private Effects effects;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdown();
    }

    @Test
    void aRepeatGetsTheFirstAnswerAndHasNoEffect() {
        TestApi.As keyed = api.as("steward").header("Idempotency-Key", "repeat");
        TestApi.Answer first = keyed.post(PATH, body("repeat-1"));
        TestApi.Answer again = keyed.post(PATH, body("repeat-1"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("ETag")).isEqualTo("\"0\"");
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(effects.names("repeat-1")).hasSize(1);
    }

    @Test
    void anotherBodyIsRefusedAndAnotherCallersKeyIsHisOwn() {
        TestApi.As keyed = api.as("steward").header("Idempotency-Key", "other");
        assertThat(keyed.post(PATH, body("other-1")).status()).isEqualTo(201);
        TestApi.Answer refused = keyed.post(PATH, body("other-2"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("code").asString()).isEqualTo("unprocessable");
        TestApi.As somebodyElse = api.as("anna", "default", "steward").header("Idempotency-Key", "other");
        assertThat(somebodyElse.post(PATH, body("other-3")).status()).isEqualTo(201);
        assertThat(effects.names("other-")).containsExactly("other-1", "other-3");
    }

    @Test
    void ofConcurrentRepeatsOneRunsAndTheOthersWaitOrAreToldTo() {
        TestApi.As keyed = api.as("steward").header("Idempotency-Key", "slow");
        List<TestApi.Answer> answers = IntStream.range(0, 4)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> keyed.post(PATH, body("slow-1"))))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(effects.names("slow-1")).hasSize(1);
        assertThat(answers).anyMatch(answer -> answer.status() == 201);
        assertThat(answers)
                .allMatch(answer ->
                        answer.status() == 201 || (answer.status() == 409 && "1".equals(answer.header("Retry-After"))));
        assertThat(answers).anyMatch(answer -> answer.status() == 409);
    }

    @Test
    void aFailureLeavesNoEffectAndFreesTheKey() {
        TestApi.As keyed = api.as("steward").header("Idempotency-Key", "refused");
        assertThat(keyed.post(PATH, body("refused-1")).status()).isEqualTo(400);
        assertThat(effects.names("refused-1")).isEmpty();
        assertThat(keyed.post(PATH, body("accepted-1")).status()).isEqualTo(201);
    }

    @Test
    void theSameUploadIsTheSameWhateverItsBoundary() {
        TestApi.As keyed = api.as("steward").header("Idempotency-Key", "upload");
        byte[] content = "text".getBytes(StandardCharsets.UTF_8);
        TestApi.Answer first = keyed.upload("/api/v1/documents", "upload.txt", content);
        TestApi.Answer again = keyed.upload("/api/v1/documents", "upload.txt", content);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(keyed.upload("/api/v1/documents", "upload.txt", new byte[] {1})
                        .status())
                .isEqualTo(422);
        assertThat(effects.names("upload.txt")).hasSize(1);
    }

    @Test
    void moreRequestsThanConnectionsWaitForEachOther() {
        List<CompletableFuture<Integer>> answers = IntStream.range(0, 9)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> api.as("steward")
                                .header("Idempotency-Key", "nested-" + number)
                                .post(PATH, body("nested-" + number))
                                .status(),
                        threads))
                .toList();
        assertThat(answers).extracting(CompletableFuture::join).containsOnly(201);
        assertThat(effects.names("nested-")).hasSize(18);
    }

    @Test
    void whatTheDatabaseRefusesAtTheEndIsAConflict() {
        TestApi.As steward = api.as("steward");
        assertThat(steward.header("Idempotency-Key", "single-1")
                        .post(PATH, body("single"))
                        .status())
                .isEqualTo(201);
        TestApi.Answer refused = steward.header("Idempotency-Key", "single-2").post(PATH, body("single"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("conflict");
        assertThat(effects.names("single")).hasSize(1);
    }

    private static Map<String, Object> body(String name) {
        return Map.of("name", name, "size", 1);
    }
}
