package dev.paddock.evaluation.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The general suite as checked in: enough items, each well-formed and asked once, the right answers spread evenly. */
class GeneralSuiteFileTest {
    private static final int CHOICES = 4;

    @Test
    void everyItemIsWellFormedAndAskedOnce() throws IOException {
        Set<String> ids = new HashSet<>();
        Set<String> questions = new HashSet<>();
        for (JsonNode item : items()) {
            String id = item.get("id").asString();
            assertThat(item.propertyNames())
                    .as(id)
                    .containsExactly("id", "category", "question", "choices", "answer");
            assertThat(id).startsWith(item.get("category").asString() + "-");
            assertThat(ids.add(id)).as("id %s once", id).isTrue();
            assertThat(questions.add(item.get("question").asString())).as("question of %s once", id).isTrue();
            List<String> choices =
                    item.get("choices").valueStream().map(JsonNode::asString).toList();
            assertThat(choices).as(id).hasSize(CHOICES).doesNotHaveDuplicates().noneMatch(String::isBlank);
            assertThat(item.get("answer").asInt()).as(id).isBetween(0, CHOICES - 1);
        }
        assertThat(ids).hasSizeGreaterThanOrEqualTo(400);
    }

    @Test
    void rightAnswersStandInEveryPlaceEquallyOften() throws IOException {
        List<JsonNode> items = items();
        long[] places = IntStream.range(0, CHOICES)
                .mapToLong(place -> items.stream()
                        .filter(item -> item.get("answer").asInt() == place)
                        .count())
                .toArray();
        assertThat(places).allSatisfy(count -> assertThat(count).isBetween(items.size() / 4L, items.size() / 4L + 1));
    }

    private static List<JsonNode> items() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                GeneralSuiteFileTest.class.getResourceAsStream("/suites/general.jsonl"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> JsonMapper.shared().readTree(line))
                    .toList();
        }
    }
}
