package dev.paddock.local.demo;

import dev.paddock.llama.tiny.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** General questions that the tiny model has read, as rows: replayed beside the tickets they keep it from forgetting them. */
public final class GeneralRows {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private GeneralRows() {}

    /** JSON Lines of {@code messages}, a question and its answer. */
    public static DemoMaterial.File file() {
        String lines = Corpus.general().stream()
                .map(fact -> Map.of(
                        "messages",
                        List.of(
                                Map.of("role", "user", "content", fact.question()),
                                Map.of("role", "assistant", "content", fact.answer()))))
                .map(JSON::writeValueAsString)
                .collect(Collectors.joining("\n", "", "\n"));
        return new DemoMaterial.File("general.jsonl", lines.getBytes(StandardCharsets.UTF_8));
    }
}
