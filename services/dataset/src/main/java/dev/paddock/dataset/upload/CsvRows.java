package dev.paddock.dataset.upload;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.paddock.dataset.DatasetProblem;
import dev.paddock.dataset.row.Example;
import dev.paddock.dataset.row.Message;
import dev.paddock.dataset.row.RowJson;
import dev.paddock.kit.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rows of a CSV file with a header (RFC 4180, UTF-8). */
final class CsvRows {
    private final CsvColumns columns;

    CsvRows(CsvColumns columns) {
        this.columns = columns;
    }

    void read(Path file, ParsedRows rows) throws IOException {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder()
                .detectBomHeader(true)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .maxBufferSize(RowJson.MAX_LINE_CHARACTERS * 4)
                .ofNamedCsvRecord(file, StandardCharsets.UTF_8)) {
            for (NamedCsvRecord row : csv) {
                rows.add(() -> example(row));
            }
        } catch (CsvParseException e) {
            throw new ProblemException(DatasetProblem.INVALID_ROWS, "the CSV is damaged: " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new ProblemException(DatasetProblem.INVALID_ROWS, "the CSV is not UTF-8 text: " + e.getMessage(), e);
        }
    }

    private Example example(NamedCsvRecord row) {
        if (row.getFieldCount() != row.getHeader().size()) {
            throw new InvalidRowException(
                    "",
                    "has " + row.getFieldCount() + " fields, the header "
                            + row.getHeader().size());
        }
        List<Message> messages = new ArrayList<>();
        if (columns.system() != null && !columns.system().isBlank()) {
            messages.add(new Message(Message.SYSTEM, columns.system()));
        }
        messages.add(new Message(Message.USER, field(row, columns.prompt(), "promptColumn")));
        messages.add(new Message(Message.ASSISTANT, field(row, columns.completion(), "completionColumn")));
        return RowShape.checked(messages, null);
    }

    private static String field(NamedCsvRecord row, String column, String parameter) {
        String value = row.findField(column)
                .orElseThrow(() -> new InvalidRowException(
                        column, "is no column, there are " + row.getHeader() + ": name it with " + parameter));
        if (value.isBlank()) {
            throw new InvalidRowException(column, "is empty");
        }
        return value;
    }
}
