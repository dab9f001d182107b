package dev.paddock.dataset.upload;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The characters of a CSV file, which must be UTF-8, without a byte order mark; knows where a quotation is left open. */
final class CsvText extends FilterReader {
    private boolean quoted;

    /** The last character closed a quotation, unless the next one is a quote, too, and both stand for one in the text. */
    private boolean justClosed;

    private boolean fieldBegins = true;
    private boolean ended;

    private CsvText(Reader characters) {
        super(characters);
    }

    static CsvText open(Path file) throws IOException {
        BufferedReader characters = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        try {
            characters.mark(1);
            if (characters.read() != '\ufeff') {
                characters.reset();
            }
            return new CsvText(characters);
        } catch (IOException e) {
            characters.close();
            throw e;
        }
    }

    /** Whether all is read and the last quotation was not closed: then what was read last is no row. */
    boolean endsInQuotation() {
        return ended && quoted;
    }

    @Override
    public int read() throws IOException {
        int character = super.read();
        ended |= character < 0;
        if (character >= 0) {
            pass((char) character);
        }
        return character;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        ended |= count < 0;
        for (int i = 0; i < count; i++) {
            pass(buffer[offset + i]);
        }
        return count;
    }

    private void pass(char character) {
        boolean quote = character == '"';
        boolean wasQuoted = quoted;
        quoted = wasQuoted ? !quote : quote && (fieldBegins || justClosed);
        justClosed = wasQuoted && quote;
        fieldBegins = !quoted && (character == ',' || character == '\n' || character == '\r');
    }
}
