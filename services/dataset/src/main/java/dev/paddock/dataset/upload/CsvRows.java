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
import java.nio.charset.CharacterCodingException;
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
        try (CsvText text = CsvText.open(file);
                CsvReader<NamedCsvRecord> csv = CsvReader.builder()
                        .allowMissingFields(true)
                        .allowExtraFields(true)
                        .maxBufferSize(RowJson.MAX_LINE_CHARACTERS * 4)
                        .ofNamedCsvRecord(text)) {
            boolean header = true;
            for (NamedCsvRecord row : csv) {
                header = false;
                rows.add(() -> example(row, text));
            }
            if (header && text.endsInQuotation()) {
                throw new ProblemException(
                        DatasetProblem.INVALID_ROWS, "the CSV's header has a quotation that is never closed");
            }
        } catch (CharacterCodingException e) {
            throw notText(e);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException ? notText(e) : e;
        } catch (CsvParseException e) {
            throw new ProblemException(DatasetProblem.INVALID_ROWS, "the CSV is damaged: " + reason(e), e);
        }
    }

    private static ProblemException notText(Exception e) {
        return new ProblemException(DatasetProblem.INVALID_ROWS, "the CSV is not UTF-8: save it as UTF-8", e);
    }

    private static String reason(CsvParseException e) {
        return e.getCause() == null
                ? String.valueOf(e.getMessage())
                : e.getMessage() + ": " + e.getCause().getMessage();
    }

    private Example example(NamedCsvRecord row, CsvText text) {
        if (text.endsInQuotation()) {
            throw new InvalidRowException(
                    "", "begins in line " + row.getStartingLineNumber() + " and has a quotation that is never closed");
        }
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
        if (value.length() > RowJson.MAX_LINE_CHARACTERS) {
            throw new InvalidRowException(column, "is longer than " + RowJson.MAX_LINE_CHARACTERS + " characters");
        }
        return value;
    }
}
