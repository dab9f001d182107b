package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Adapters under gates are served as one, and the answer says which of them acted. */
@TestPropertySource(properties = "paddock.serving.adapter-memory=1MB")
final class RoutedServingTest extends WorkerStory {
    @Test
    void anAnswerOfAdaptersUnderGatesSaysWhichActed() throws Exception {
        String base = base();
        String routed = TestModels.routed(store, temporary.resolve("routed"), 3);
        String single = TestModels.adapter(store, temporary.resolve("single"), 3);
        String prompts = "\"prompts\":[\"Hello there, how are\"]";
        JsonNode answer = service()
                .post(COMPLETIONS, request(base, routed, prompts, 6, ""))
                .json()
                .path("completions")
                .path(0);
        JsonNode adapters = answer.path("adapters");
        assertThat(adapters.findValuesAsString("versionId")).containsExactly("first", "second");
        double first = adapters.path(0).path("share").asDouble();
        assertThat(first).isBetween(0.01, 0.99);
        assertThat(first + adapters.path(1).path("share").asDouble()).isCloseTo(1, within(1e-6));
        List<String> events = lines(request(base, routed, prompts, 6, ",\"stream\":true"));
        assertThat(events)
                .filteredOn(event -> event.contains("\"versionId\":\"first\""))
                .singleElement()
                .satisfies(event -> assertThat(JSON.readTree(event)
                                .path("adapters")
                                .path(0)
                                .path("share")
                                .asDouble())
                        .isCloseTo(first, within(1e-5)));
        for (String other : new String[] {single, null}) {
            assertThat(service()
                            .post(COMPLETIONS, request(base, other, prompts, 2, ""))
                            .text())
                    .doesNotContain("versionId");
        }
    }
}
