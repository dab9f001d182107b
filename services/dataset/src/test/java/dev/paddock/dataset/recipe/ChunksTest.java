package dev.paddock.dataset.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChunksTest {
    @Test
    void paragraphsAreJoinedUpToTheLimit() {
        assertThat(Chunks.of(List.of("one", "two", "three"), 8)).containsExactly("one\n\ntwo", "three");
    }

    @Test
    void aLongParagraphIsCutBetweenSentencesThenWords() {
        assertThat(Chunks.of(List.of("First one. Second one. Third one."), 24))
                .containsExactly("First one. Second one.", "Third one.");
        assertThat(Chunks.of(List.of("many words without an end"), 12))
                .containsExactly("many words", "without an", "end");
        assertThat(Chunks.of(List.of("x".repeat(25)), 10)).hasSize(3);
    }

    @Test
    void noTextIsLost() {
        String text = "Überlänge 😀 ".repeat(300).strip();
        String joined = String.join(" ", Chunks.of(List.of(text), 97)).replaceAll("\\s+", " ");
        assertThat(joined).isEqualTo(text);
    }
}
