package dev.paddock.dataset.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text file as UTF-8, or UTF-16 with a byte order mark; at most {@value #LIMIT} bytes. */
final class TextFile {
    static final int LIMIT = 32 << 20;

    private TextFile() {}

    static String read(Path file) throws IOException {
        if (Files.size(file) > LIMIT) {
            throw new UnreadableDocumentException(
                    "the text has " + Files.size(file) + " bytes and at most " + LIMIT + " are read: split it");
        }
        byte[] bytes = Files.readAllBytes(file);
        Charset charset = charset(bytes);
        try {
            String text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new UnreadableDocumentException("the file has zero bytes: it is no text");
            }
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnreadableDocumentException("the file is not " + charset + " text: save it as UTF-8", e);
        }
    }

    private static Charset charset(byte[] bytes) {
        boolean utf16 = bytes.length > 1
                && ((bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff)
                        || (bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe));
        return utf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }
}
