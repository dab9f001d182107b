package dev.paddock.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SuppressWarnings("NullAway") // counts hold every code and word that is asked of them
class TicketGeneratorTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ROWS = 480;

    private record Ticket(String text, String code) {}

    private final List<Ticket> tickets = tickets(42);

    @Test
    void theSameSeedGivesTheSameBytes() {
        assertThat(TicketGenerator.jsonl(42, ROWS)).isEqualTo(TicketGenerator.jsonl(42, ROWS));
        assertThat(TicketGenerator.jsonl(42, ROWS)).isNotEqualTo(TicketGenerator.jsonl(43, ROWS));
    }

    @Test
    void everyRowNamesItsCodeAmongTheClosedSet() {
        assertThat(lines(42)).hasSize(ROWS).allSatisfy(line -> {
            JsonNode row = JSON.readTree(line);
            List<String> choices =
                    row.path("choices").valueStream().map(JsonNode::asString).toList();
            assertThat(choices)
                    .hasSize(12)
                    .doesNotHaveDuplicates()
                    .contains(row.path("messages").path(2).path("content").asString());
            assertThat(row.path("messages").path(0).path("content").asString()).isEqualTo(TicketGenerator.SYSTEM);
        });
    }

    @Test
    void noTicketComesTwiceAndNoneIsLongOrHasAnOpenSlot() {
        assertThat(tickets).extracting(Ticket::text).doesNotHaveDuplicates().allSatisfy(text -> assertThat(text)
                .hasSizeLessThan(160)
                .doesNotContain("{", "}", "|")
                .doesNotContain("Wexcombe"));
    }

    @Test
    void codesComeEquallyOften() {
        Map<String, Long> counts = tickets.stream().collect(Collectors.groupingBy(Ticket::code, Collectors.counting()));
        assertThat(counts).hasSize(12).allSatisfy((code, count) -> assertThat(count)
                .isEqualTo(40L));
    }

    @Test
    void wordsTellTheCodesApartOnTicketsHeldOut() {
        for (long seed = 1; seed <= 5; seed++) {
            List<Ticket> rows = tickets(seed);
            int held = ROWS * 15 / 100;
            Map<String, Map<String, Double>> centroids = centroids(rows.subList(held, ROWS));
            long right = rows.subList(0, held).stream()
                    .filter(t -> nearest(centroids, t.text()).equals(t.code()))
                    .count();
            assertThat((double) right / held).as("accuracy with seed %d", seed).isGreaterThanOrEqualTo(0.95);
        }
    }

    @Test
    void theUnseenTicketHasTheCodeThatItsWordsSay() {
        assertThat(nearest(centroids(tickets), TicketGenerator.UNSEEN)).isEqualTo(TicketGenerator.UNSEEN_CODE);
    }

    private static List<String> lines(long seed) {
        return new String(TicketGenerator.jsonl(seed, ROWS), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static List<Ticket> tickets(long seed) {
        return lines(seed).stream()
                .map(line -> JSON.readTree(line).path("messages"))
                .map(m -> new Ticket(
                        m.path(1).path("content").asString(),
                        m.path(2).path("content").asString()))
                .toList();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z]+", -1))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    /** The logarithm of each word's share of each code's tickets, smoothed by a tenth (naive Bayes). */
    private static Map<String, Map<String, Double>> centroids(List<Ticket> rows) {
        Map<String, Map<String, Double>> counts = new HashMap<>();
        Map<String, Long> perCode = rows.stream().collect(Collectors.groupingBy(Ticket::code, Collectors.counting()));
        List<String> vocabulary = rows.stream()
                .flatMap(row -> words(row.text()).stream())
                .distinct()
                .toList();
        perCode.keySet()
                .forEach(code -> counts.put(
                        code, new HashMap<>(vocabulary.stream().collect(Collectors.toMap(w -> w, w -> 0.1)))));
        rows.forEach(
                row -> words(row.text()).forEach(word -> counts.get(row.code()).merge(word, 1.0, Double::sum)));
        counts.forEach((code, of) -> of.replaceAll((word, count) -> Math.log(count / (perCode.get(code) + 0.2))));
        return counts;
    }

    private static String nearest(Map<String, Map<String, Double>> centroids, String text) {
        return centroids.entrySet().stream()
                .max(Map.Entry.comparingByValue((a, b) -> Double.compare(score(a, text), score(b, text))))
                .orElseThrow()
                .getKey();
    }

    private static double score(Map<String, Double> centroid, String text) {
        return words(text).stream()
                .mapToDouble(word -> centroid.getOrDefault(word, 0.0))
                .sum();
    }
}
