package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.testkit.TestApi.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an order would take, asked of a worker. */
class EstimateStoryTest extends WorkerStory {
    private static final String ESTIMATES = "/internal/v1/training-estimates?memoryOnly=true";

    @Test
    void memoryAndStepsComeFromTheBaseAndTheRows() throws IOException {
        Answer answer = service().post(ESTIMATES, JSON.writeValueAsString(order("{\"batchSize\":2}")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("fits").asBoolean()).isTrue();
        assertThat(answer.json().path("steps").asInt()).isPositive();
        assertThat(answer.json().path("trainedParameters").asLong()).isPositive();
        assertThat(answer.json().path("memory").propertyNames()).contains("activations", "frozen weights");
        assertThat(answer.json().path("gpus").get(0).path("measured").asBoolean(true))
                .isFalse();
    }

    @Test
    void whatDoesNotFitTheMethodIsAProblem() throws IOException {
        Answer answer = service().post(ESTIMATES, JSON.writeValueAsString(order("{\"r\":0}")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(api.as("engineer")
                        .post(ESTIMATES, JSON.writeValueAsString(order("{}")))
                        .status())
                .isEqualTo(403);
    }

    private TrainingOrder order(String parameters) throws IOException {
        Path rows = Files.createDirectories(temporary.resolve("rows"));
        Files.writeString(
                rows.resolve("train.jsonl"),
                IntStream.range(0, 8).mapToObj(EstimateStoryTest::row).collect(Collectors.joining()));
        return new TrainingOrder(
                "estimated",
                "lora",
                "lora",
                "sft",
                JSON.readTree(parameters),
                1,
                new UUID(1, 1),
                base(),
                new UUID(1, 2),
                store.putFolder(rows).value());
    }

    private static String row(int number) {
        return """
            {"id":"row-%1$d","messages":[{"role":"user","content":"Where does parcel %1$d go?"},\
            {"role":"assistant","content":"To hall %1$d."}],"origin":{"document":null,"upload":null,"row":%1$d}}
            """.formatted(number);
    }
}
