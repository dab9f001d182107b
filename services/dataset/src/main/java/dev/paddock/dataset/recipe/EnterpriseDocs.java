package dev.paddock.dataset.recipe;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.dataset.row.Example;
import dev.paddock.dataset.row.Message;
import dev.paddock.dataset.row.Origin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chunks and question/answer rows from the documents' own headings; uploaded rows pass through tidied. */
@CatalogueEntry(
        id = "enterprise-docs",
        family = "documents",
        summary = "Paragraph chunks and question/answer rows from documents' own headings; uploaded rows pass through",
        paper = "Deduplicating Training Data Makes Language Models Better")
public final class EnterpriseDocs implements Recipe<EnterpriseDocs.Params> {
    private static final RowSink.Change WHITESPACE =
            new RowSink.Change("whitespace", "outer whitespace, carriage returns or control characters removed");

    /** The recipe's parameters; lengths in characters. */
    public record Params(
            @Parameter(value = "both", description = "Which rows documents give")
            Rows rows,

            @Parameter(value = "1200", description = "Longest chunk of a section, in characters") @Min(100) @Max(20_000) int chunkCharacters,

            @Parameter(value = "40", description = "Shorter document rows are dropped, in characters of the answer")
            @Min(0) @Max(10_000) int minimumCharacters,

            @Parameter(value = "32000", description = "Longer rows are dropped, in characters of all messages")
            @Min(100) @Max(500_000) int maximumCharacters,

            @Parameter(
                    value = "32",
                    description = "An upload with at most so many different short answers gets choices")
            @Min(0) @Max(1_000) int maximumChoices) {
        /** Chunks to be quoted, questions to be answered, both, or raw text to be learnt whole. */
        public enum Rows {
            chunks,
            questions,
            both,
            texts
        }
    }

    @Override
    public void apply(Params params, Sources sources, RowSink rows) throws IOException {
        for (Sources.DocumentSource document : sources.documents()) {
            SectionReader.read(document, section -> section(params, document, section, rows));
        }
        for (Sources.UploadSource upload : sources.uploads()) {
            Optional<List<String>> choices = ClosedSet.of(upload, params.maximumChoices());
            upload.rows()
                    .forEach((position, example) ->
                            uploaded(params, Origin.upload(upload.id(), position + 1), example, choices, rows));
        }
    }

    private static void section(Params params, Sources.DocumentSource document, Section section, RowSink rows)
            throws IOException {
        Origin origin = Origin.document(document.id(), section.number());
        if (section.text().length() < params.minimumCharacters()) {
            rows.dropped(
                    origin,
                    "too-short",
                    "the section " + section.path() + " has " + section.text().length() + " characters");
            return;
        }
        List<String> chunks = Chunks.of(section.paragraphs(), params.chunkCharacters());
        if (params.rows() == Params.Rows.texts) {
            texts(params, origin, section, chunks, rows);
            return;
        }
        if (params.rows() != Params.Rows.chunks) {
            RowSink.Change shortened = chunks.size() == 1
                    ? null
                    : new RowSink.Change("shortened", "the answer is the first of " + chunks.size() + " chunks");
            answer(params, origin, question(section), chunks.get(0), shortened, rows);
        }
        if (params.rows() != Params.Rows.questions) {
            for (int i = 0; i < chunks.size(); i++) {
                String part = chunks.size() == 1 ? "" : ", part " + (i + 1) + " of " + chunks.size();
                answer(params, origin, "Quote “" + section.path() + "”" + part + ".", chunks.get(i), null, rows);
            }
        }
    }

    /** The section as raw text, its heading before the first chunk. */
    private static void texts(Params params, Origin origin, Section section, List<String> chunks, RowSink rows)
            throws IOException {
        String text = section.heading() + "\n\n";
        for (String chunk : chunks) {
            text += chunk;
            if (chunk.length() < params.minimumCharacters()) {
                rows.dropped(origin, "too-short", "a chunk has " + chunk.length() + " characters");
            } else {
                rows.row(Example.document(text, null), origin, null);
            }
            text = "";
        }
    }

    private static String question(Section section) {
        return section.heading().endsWith("?")
                ? section.heading()
                : "What does “" + section.headings().get(0) + "” say about “" + section.heading() + "”?";
    }

    private static void answer(
            Params params, Origin origin, String question, String text, RowSink.@Nullable Change change, RowSink rows)
            throws IOException {
        if (text.length() < params.minimumCharacters()) {
            rows.dropped(origin, "too-short", "a chunk has " + text.length() + " characters");
        } else if (question.length() + text.length() > params.maximumCharacters()) {
            rows.dropped(origin, "too-long", "a row has " + (question.length() + text.length()) + " characters");
        } else {
            rows.row(
                    new Example(
                            List.of(new Message(Message.USER, question), new Message(Message.ASSISTANT, text)), null),
                    origin,
                    change);
        }
    }

    /** A message in which spans are counted stays as it is. */
    private static void uploaded(
            Params params, Origin origin, Example example, Optional<List<String>> choices, RowSink rows)
            throws IOException {
        if (example.text() != null) {
            document(origin, example.text(), example.source(), rows);
            return;
        }
        List<Message> tidied = new ArrayList<>();
        boolean counted = example.spans() != null;
        example.messages().forEach(message -> {
            boolean last = tidied.size() == example.messages().size() - 1;
            tidied.add(counted && last ? message : new Message(message.role(), tidy(message.content())));
        });
        String rejected = example.rejected() == null ? null : tidy(example.rejected());
        int characters =
                tidied.stream().mapToInt(message -> message.content().length()).sum()
                        + (rejected == null ? 0 : rejected.length());
        if ("".equals(rejected)
                || tidied.stream().anyMatch(message -> message.content().isEmpty())) {
            rows.dropped(origin, "empty", "a message has no visible characters");
        } else if (characters > params.maximumCharacters()) {
            rows.dropped(origin, "too-long", "the row has " + characters + " characters");
        } else {
            boolean same = tidied.equals(example.messages()) && Objects.equals(rejected, example.rejected());
            List<String> given = example.choices();
            List<String> offered = given == null ? choices.orElse(null) : ClosedSet.tidy(given);
            Example kept = new Example(tidied, offered, rejected, example.label(), example.spans(), example.weight());
            rows.row(kept.from(example.source()), origin, same ? null : WHITESPACE);
        }
    }

    private static void document(Origin origin, String text, @Nullable String source, RowSink rows) throws IOException {
        String tidied = tidy(text);
        if (tidied.isEmpty()) {
            rows.dropped(origin, "empty", "the text has no visible characters");
        } else {
            rows.row(Example.document(tidied, source), origin, tidied.equals(text) ? null : WHITESPACE);
        }
    }

    /** Without outer whitespace, carriage returns and control characters; inner line breaks and tabs stay. */
    static String tidy(String text) {
        return text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]|\\ufeff", "")
                .strip();
    }
}
