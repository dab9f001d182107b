package dev.paddock.llama.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CorpusTest {
    @Test
    void theSameSeedWritesTheSameDocuments() {
        List<String> documents = Corpus.documents(50, 3);

        assertThat(documents).isEqualTo(Corpus.documents(50, 3)).isNotEqualTo(Corpus.documents(50, 4));
        assertThat(documents).allSatisfy(text -> assertThat(text)
                .matches(t -> t.endsWith(Corpus.END) || t.endsWith(Corpus.TURN_END + "\n")));
    }

    @Test
    void factsAreReadAsQuestionsInAChatAndAsPlainText() {
        Corpus.Fact cold = new Corpus.Fact("What is the opposite of hot?", "cold");

        assertThat(Corpus.general()).contains(cold).hasSizeGreaterThan(700);
        assertThat(new Grammar("general = A: {x} | q => a\nx = y").alternatives("general"))
                .containsExactly("A: {x}", "q => a");
    }
}
