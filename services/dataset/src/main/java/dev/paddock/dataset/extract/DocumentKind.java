package dev.paddock.dataset.extract;

import dev.paddock.dataset.DatasetProblem;
import dev.paddock.kit.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** The kinds of document, recognised by content first and by name where content does not tell. */
@SuppressWarnings("ImmutableEnumChecker") // extractors keep nothing, endings are only read
public enum DocumentKind {
    TEXT("text/plain", new TextExtractor(), ".txt", ".text"),
    MARKDOWN("text/markdown", new MarkdownExtractor(), ".md", ".markdown"),
    HTML("text/html", new HtmlExtractor(), ".html", ".htm", ".xhtml"),
    PDF("application/pdf", new PdfExtractor(), ".pdf"),
    WORD("application/vnd.openxmlformats-officedocument.wordprocessingml.document", new WordExtractor(), ".docx");

    private static final String KNOWN = "txt, md, html, pdf and docx are read";
    private final String mediaType;
    private final Extractor extractor;
    private final String[] endings;

    DocumentKind(String mediaType, Extractor extractor, String... endings) {
        this.mediaType = mediaType;
        this.extractor = extractor;
        this.endings = endings;
    }

    public String mediaType() {
        return mediaType;
    }

    public static DocumentKind of(String name, Path file) throws IOException {
        String start = start(file);
        if (start.startsWith("%PDF-")) {
            return PDF;
        }
        if (start.startsWith("PK\u0003\u0004")) {
            return WORD;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        DocumentKind kind = Arrays.stream(values())
                .filter(candidate -> Arrays.stream(candidate.endings).anyMatch(lower::endsWith))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        DatasetProblem.UNKNOWN_FORMAT, "the name " + name + " has no known ending: " + KNOWN));
        if (kind == PDF || kind == WORD) {
            throw new ProblemException(
                    DatasetProblem.UNKNOWN_FORMAT, name + " does not begin as a " + kind.mediaType + " does");
        }
        return kind;
    }

    private static String start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(5), StandardCharsets.ISO_8859_1);
        }
    }

    /** Hands the document's blocks over; libraries that walk a document by recursion end in a problem, too. */
    public void extract(Path file, BlockSink sink) throws IOException {
        try {
            extractor.extract(file, sink);
        } catch (StackOverflowError e) {
            throw Nesting.tooDeep(e);
        }
    }
}
