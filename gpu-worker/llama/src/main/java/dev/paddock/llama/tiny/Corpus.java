package dev.paddock.llama.tiny;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Documents that the grammars beside this class write, the same for the same seed. */
public final class Corpus {
    static final String END = "<|endoftext|>";
    static final String TURN = "<|im_start|>";
    static final String TURN_END = "<|im_end|>";

    private static final String ANSWER = " => ";

    private Corpus() {}

    /** What is asked and what is to be said. */
    public record Fact(String question, String answer) {}

    /** Every general question that the documents ask, in the grammar's order. */
    public static List<Fact> general() {
        return grammar().alternatives("general").stream()
                .filter(text -> text.contains(ANSWER))
                .map(text -> text.split(ANSWER, 2))
                .map(parts -> new Fact(parts[0], parts[1]))
                .toList();
    }

    /** Documents with their special tokens written out. */
    public static List<String> documents(int count, long seed) {
        Grammar grammar = grammar();
        Random random = new Random(seed);
        List<String> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            documents.add(render(grammar.write("document", random)));
        }
        return documents;
    }

    private static String render(String text) {
        int answer = text.indexOf(ANSWER);
        if (answer < 0) {
            return text + END;
        }
        int system = text.indexOf(">>");
        String question = text.substring(system < 0 ? 0 : system + 2, answer).strip();
        return (system < 0 ? "" : turn("system", text.substring(0, system).strip()))
                + turn("user", question)
                + turn("assistant", text.substring(answer + ANSWER.length()).strip());
    }

    private static String turn(String role, String content) {
        return TURN + role + "\n" + content + TURN_END + "\n";
    }

    private static Grammar grammar() {
        return new Grammar(resource("corpus.grammar") + "\n" + resource("general.grammar"));
    }

    private static String resource(String name) {
        try (InputStream in = Corpus.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
