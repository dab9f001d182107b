package dev.paddock.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TicketGeneratorTest {
    private static final int COUNT = 480;

    @Test
    void theSameSeedGivesTheSameBytes() {
        assertThat(TicketGenerator.jsonLines(7, COUNT)).isEqualTo(TicketGenerator.jsonLines(7, COUNT));
        assertThat(TicketGenerator.jsonLines(7, COUNT)).isNotEqualTo(TicketGenerator.jsonLines(8, COUNT));
    }

    @Test
    void everyRowIsATicketWithOneOfTheCodes() {
        List<JsonNode> rows = rows();
        assertThat(rows).hasSize(COUNT).allSatisfy(row -> {
            assertThat(row.get("messages").valueStream().map(turn -> turn.get("role").asString()))
                    .containsExactly("system", "user", "assistant");
            assertThat(row.get("choices").valueStream().map(JsonNode::asString))
                    .containsExactlyElementsOf(TicketGenerator.codes())
                    .contains(text(row, 2));
            assertThat(text(row, 1).split(" ")).hasSizeLessThan(40);
        });
        assertThat(rows.stream().map(row -> text(row, 1))).doesNotHaveDuplicates();
    }

    @Test
    void everyKindComesEquallyOften() {
        Map<String, Long> counts = rows().stream().collect(Collectors.groupingBy(row -> text(row, 2), Collectors.counting()));
        assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(TicketGenerator.codes());
        assertThat(counts.values()).allMatch(count -> count >= COUNT / 14 && count <= COUNT / 14 + 1);
    }

    @Test
    void aSillyCountIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TicketGenerator.jsonLines(1, 0))
                .withMessageContaining("count is 0");
    }

    private static List<JsonNode> rows() {
        return new String(TicketGenerator.jsonLines(1, COUNT), StandardCharsets.UTF_8)
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    private static String text(JsonNode row, int message) {
        return row.get("messages").get(message).get("content").asString();
    }
}
