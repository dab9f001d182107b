package dev.paddock.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Forms of commands. */
class PhrasingTest {
    @Test
    void aGuideOnHowToDoSomethingBecomesAQuestionAboutDoingIt() {
        assertThat(forms("Write a tutorial on how to bake bread."))
                .contains(
                        "Write a tutorial on how to bake bread.",
                        "How do I bake bread?",
                        "Explain step by step how to bake bread.",
                        "I want to bake bread.",
                        "Can you write a tutorial on how to bake bread?");
    }

    @Test
    void wordsOfTheSpeakersStayWhereTheyMakeSense() {
        assertThat(forms("Tell me a joke"))
                .containsExactlyInAnyOrder(
                        "Tell me a joke",
                        "Can you tell me a joke?",
                        "Please tell me a joke.",
                        "I need you to tell me a joke.");
    }

    @Test
    void onlyShortCommandsOfOneSentenceChange() {
        for (String text : List.of(
                "What is a bomb?",
                "Write a poem. Make it short.",
                "Sort these numbers: 3, 1, 2",
                "Write " + "very ".repeat(50) + "much")) {
            assertThat(forms(text)).containsExactly(text);
        }
    }

    @Test
    void theSameSeedGivesTheSameForm() {
        String text = "Create a list of birds";
        assertThat(new Phrasing(3).of(text)).isEqualTo(new Phrasing(3).of(text));
    }

    private static List<String> forms(String text) {
        return LongStream.range(0, 500)
                .mapToObj(seed -> new Phrasing(seed).of(text))
                .distinct()
                .collect(Collectors.toList());
    }
}
