package dev.paddock.dataset.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.dataset.recipe.EnterpriseDocs;
import dev.paddock.dataset.recipe.Sources;
import dev.paddock.dataset.row.Example;
import dev.paddock.dataset.row.JsonLinesWriter;
import dev.paddock.dataset.row.Message;
import dev.paddock.dataset.row.Row;
import dev.paddock.dataset.row.RowJson;
import dev.paddock.dataset.row.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurationTest {
    @TempDir
    private Path folder;

    @Test
    void everyRowIsKeptOrDroppedAndOnlyKeptRowsCountAsChanged() throws IOException {
        List<String> prompts = List.of("one", " one ", "two ", "two", "three", " \r");
        Path decisions = folder.resolve("decisions.jsonl");
        try (JsonLinesWriter rows = new JsonLinesWriter(folder.resolve("rows.jsonl"));
                JsonLinesWriter reasons = new JsonLinesWriter(decisions)) {
            Curation curation = new Curation(rows, reasons);
            new EnterpriseDocs().apply(PARAMS, sources(prompts), curation);
            assertThat(curation.changed()).isEqualTo(1);
            assertThat(curation.dropped()).isEqualTo(3);
            assertThat(curation.groups().size() + curation.dropped()).isEqualTo(prompts.size());
        }
        assertThat(Files.readAllLines(decisions)).hasSize(4);
    }

    @Test
    void preferencesAreDuplicatesOnlyWithTheSameJudgement() throws IOException {
        List<Message> turns = List.of(new Message(Message.USER, "one"), new Message(Message.ASSISTANT, "answer"));
        List<Example> examples = List.of(
                new Example(turns, null),
                new Example(turns, null, "worse", null),
                new Example(turns, null, "worst", null),
                new Example(turns, null, " worse", null),
                new Example(turns, null, null, true),
                new Example(turns, null, null, false),
                new Example(turns, null, null, true),
                new Example(turns, null, "weighed", null, null, 0.5).from("skills"));
        Path kept = folder.resolve("rows.jsonl");
        try (JsonLinesWriter rows = new JsonLinesWriter(kept);
                JsonLinesWriter reasons = new JsonLinesWriter(folder.resolve("decisions.jsonl"))) {
            Curation curation = new Curation(rows, reasons);
            Sources sources = new Sources(List.of(), List.of(new Sources.UploadSource(new UUID(1, 1), visitor -> {
                for (int row = 0; row < examples.size(); row++) {
                    visitor.visit(row, examples.get(row));
                }
            })));
            new EnterpriseDocs().apply(PARAMS, sources, curation);
            assertThat(curation.reasons()).containsEntry("duplicate", 2);
            assertThat(java.util.stream.IntStream.range(0, 5).map(curation.groups()::group))
                    .as("one prompt, one side of the split")
                    .containsOnly(curation.groups().group(0));
        }
        assertThat(Files.readAllLines(kept))
                .hasSize(6)
                .anySatisfy(row -> assertThat(row).contains("\"rejected\":\"worse\""))
                .anySatisfy(row -> assertThat(row).contains("\"source\":\"skills\",\"weight\":0.5"));
    }

    @Test
    void documentsPassTidiedOnceEachAndInGroupsOfTheirOwn() throws IOException {
        String text = "The crane lifts. ".repeat(3_000);
        List<Example> examples = List.of(
                Example.document(text, null),
                Example.document(" The river is long.\r\n", "general"),
                Example.document("The river is long.", "general"),
                Example.document("\u0007 ", null));
        Path kept = folder.resolve("rows.jsonl");
        try (JsonLinesWriter rows = new JsonLinesWriter(kept);
                JsonLinesWriter reasons = new JsonLinesWriter(folder.resolve("decisions.jsonl"))) {
            Curation curation = new Curation(rows, reasons);
            Sources sources = new Sources(List.of(), List.of(new Sources.UploadSource(new UUID(1, 1), visitor -> {
                for (int row = 0; row < examples.size(); row++) {
                    visitor.visit(row, examples.get(row));
                }
            })));
            new EnterpriseDocs().apply(PARAMS, sources, curation);
            assertThat(curation.reasons()).containsEntry("duplicate", 1).containsEntry("empty", 1);
            assertThat(curation.groups().group(0))
                    .isNotEqualTo(curation.groups().group(1));
        }
        List<String> lines = Files.readAllLines(kept);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("\"text\":\"The crane").doesNotContain("messages", "source");
        assertThat(lines.get(1)).contains("\"text\":\"The river is long.\",\"source\":\"general\"");
    }

    @Test
    void aMessageWithSpansKeepsItsCharacters() throws IOException {
        List<Message> turns =
                List.of(new Message(Message.SYSTEM, " Find times. "), new Message(Message.USER, " at\r\n7pm "));
        List<Span> time = List.of(new Span(5, 8, "time"));
        List<Example> examples = List.of(
                new Example(turns, null, null, null, time, null),
                new Example(turns, null, null, null, List.of(), null),
                new Example(turns, null, null, null, time, null));
        Path kept = folder.resolve("rows.jsonl");
        try (JsonLinesWriter rows = new JsonLinesWriter(kept);
                JsonLinesWriter reasons = new JsonLinesWriter(folder.resolve("decisions.jsonl"))) {
            Curation curation = new Curation(rows, reasons);
            Sources sources = new Sources(List.of(), List.of(new Sources.UploadSource(new UUID(1, 1), visitor -> {
                for (int row = 0; row < examples.size(); row++) {
                    visitor.visit(row, examples.get(row));
                }
            })));
            new EnterpriseDocs().apply(PARAMS, sources, curation);
            assertThat(curation.reasons()).containsEntry("duplicate", 1);
        }
        Row row = RowJson.MAPPER.readValue(Files.readAllLines(kept).get(0), Row.class);
        assertThat(row.messages()).containsExactly(new Message(Message.SYSTEM, "Find times."), turns.get(1));
        assertThat(row.spans()).isEqualTo(time);
        assertThat(row.choices()).isNull();
    }

    private static final EnterpriseDocs.Params PARAMS =
            new EnterpriseDocs.Params(EnterpriseDocs.Params.Rows.both, 1200, 40, 32_000, 32);

    private static Sources sources(List<String> prompts) {
        return new Sources(List.of(), List.of(new Sources.UploadSource(new UUID(1, 1), visitor -> {
            for (int row = 0; row < prompts.size(); row++) {
                visitor.visit(
                        row,
                        new Example(
                                List.of(
                                        new Message(Message.USER, prompts.get(row)),
                                        new Message(Message.ASSISTANT, "answer")),
                                null));
            }
        })));
    }
}
