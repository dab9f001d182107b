package dev.paddock.dataset.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.dataset.row.JsonLinesWriter;
import dev.paddock.dataset.row.RowJson;
import dev.paddock.kit.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowsTest {
    private static final String HEADER = "prompt,completion\n";

    @TempDir
    private Path folder;

    @Test
    void quotedFieldsHoldCommasQuotesAndLines() throws IOException {
        assertThat(read(HEADER + "\"one, \"\"two\"\"\",\"three\nfour\"\nfive,6\" pipe\n"))
                .containsExactly(row("one, \\\"two\\\"", "three\\nfour"), row("five", "6\\\" pipe"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstColumn() throws IOException {
        assertThat(read("\ufeff" + HEADER + "Grüße,ja\n")).containsExactly(row("Grüße", "ja"));
        assertThat(read("\ufeff\"prompt\",completion\na,b\n")).containsExactly(row("a", "b"));
    }

    @Test
    void latin1IsRefusedWhereverItStands() throws IOException {
        String late = HEADER + "a,b\n".repeat(10_000) + "Grüße,ja\n";
        for (String text : List.of("Grüße,ja\n", HEADER + "Grüße,ja\n", late)) {
            Path file = Files.write(folder.resolve("latin.csv"), text.getBytes(StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> read(file))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("save it as UTF-8");
        }
    }

    @Test
    void aWrongRowSaysWhatIsWrong() {
        refused("question,completion\na,b\n", 1, "prompt is no column");
        refused(HEADER + "a,b\na\n", 2, "has 1 fields, the header 2");
        refused(HEADER + "a,b\na,b,c\n", 2, "has 3 fields, the header 2");
        refused(HEADER + "a, \n", 1, "completion is empty");
        String tooLong = "x".repeat(RowJson.MAX_LINE_CHARACTERS + 1);
        refused(HEADER + "a,b\na," + tooLong + "\n", 2, "completion is longer than 1048576 characters");
    }

    @Test
    void whatFollowsAnOpenQuotationIsNotSwallowed() {
        refused(HEADER + "a,b\nc,\"d\ne,f\ng,h\n", 2, "begins in line 3 and has a quotation that is never closed");
        refused(HEADER + "a,b\nc,\"", 2, "begins in line 3");
        refused(HEADER + "a,b\n" + "c,\"d\"\n".repeat(9_000) + "e,\"f\"\"\n", 9_002, "begins in line 9003");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prompt,completion,prompt\na,b,c\n",
                "prompt,\"completion\na,b\n",
                "prompt,completion\na,\"b\nc,\"d\"\n",
            })
    void aFileThatCannotBeDividedIntoRowsIsRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("the CSV");
    }

    private void refused(String text, int row, String reason) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the first is row " + row + ": ")
                .hasMessageContaining(reason);
    }

    private List<String> read(String text) throws IOException {
        return read(Files.writeString(folder.resolve("rows.csv"), text));
    }

    private List<String> read(Path file) throws IOException {
        Path examples = folder.resolve("examples.jsonl");
        try (JsonLinesWriter out = new JsonLinesWriter(examples)) {
            ParsedRows rows = new ParsedRows(out);
            new CsvRows(CsvColumns.of(null, null, null)).read(file, rows);
            rows.complete();
        }
        return Files.readAllLines(examples);
    }

    private static String row(String prompt, String completion) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt
                + "\"},{\"role\":\"assistant\",\"content\":\"" + completion + "\"}]}";
    }
}
