package dev.paddock.llama.training;

import dev.paddock.llama.template.ChatMessage;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Documents of which every token is learnt: raw texts, and conversations written out whole by the model's chat template. What a
 * text writes like a control token is ordinary text. A raw text begins and ends with the model's own first and last tokens.
 *
 * <p>A document longer than the limit is divided into pieces; each begins with the last token of the one before, so that every
 * token but a document's first is predicted exactly once.
 */
public final class DocumentExamples {
    /** Source of a row that names none. */
    public static final String DOMAIN = RowMark.DOMAIN;

    /** Source of rows that keep a model's general knowledge in use. */
    public static final String GENERAL = "general";

    private final Tokenizer tokenizer;
    private final ChatExamples chats;

    public DocumentExamples(Tokenizer tokenizer, ChatExamples chats) {
        this.tokenizer = tokenizer;
        this.chats = chats;
    }

    /**
     * A document.
     *
     * @param source where it is from, for instance {@link #DOMAIN} or {@link #GENERAL}
     * @param pieces what it is divided into; none where it has no token to predict
     */
    public record Document(String source, List<TrainingExample> pieces) {
        public Document {
            pieces = List.copyOf(pieces);
        }

        /** Tokens that are predicted. */
        public long targets() {
            return pieces.stream().mapToLong(TrainingExample::targets).sum();
        }
    }

    /**
     * Documents of a file's rows.
     *
     * @param judgedBad rows left out because their answer is judged bad ({@code "label": false})
     * @param shortened documents that lost their end
     */
    public record Rows(List<Document> documents, int judgedBad, int shortened) {
        public Rows {
            documents = List.copyOf(documents);
        }

        /** All pieces in their order. */
        public List<TrainingExample> pieces() {
            return documents.stream()
                    .flatMap(document -> document.pieces().stream())
                    .toList();
        }

        /** For each piece the number of its document. */
        public List<Integer> sources() {
            return IntStream.range(0, documents.size())
                    .boxed()
                    .flatMap(number -> documents.get(number).pieces().stream().map(piece -> number))
                    .toList();
        }

        /** Documents that were divided. */
        public long divided() {
            return documents.stream()
                    .filter(document -> document.pieces().size() > 1)
                    .count();
        }
    }

    /**
     * Reads rows as JSON Lines: {@code text}, or {@code messages}; with {@code source} where it is not the domain.
     *
     * @param limit most tokens of a piece
     * @throws IllegalArgumentException naming a row that has neither, counted from 1
     */
    public Rows read(Path rows, int limit) {
        return read(rows, limit, Overlong.SPLIT);
    }

    /**
     * The same with a choice for documents that are longer than the limit: they are divided, lose their end, or end the run.
     *
     * @throws IllegalArgumentException also naming a longer row where these are refused
     */
    public Rows read(Path rows, int limit, Overlong overlong) {
        int[] shortened = {0};
        List<Optional<Document>> all = RowLines.read(rows, row -> {
            if (ChatExamples.isJudgedBad(row)) {
                return Optional.empty();
            }
            Document whole = document(row, limit);
            if (whole.pieces().size() <= 1 || overlong == Overlong.SPLIT) {
                return Optional.of(whole);
            }
            if (overlong == Overlong.REFUSE) {
                throw new IllegalArgumentException("has " + (whole.targets() + 1) + " tokens, the limit is " + limit
                        + ": raise sequenceLength, shorten the document, or let overlong be truncate or split");
            }
            shortened[0]++;
            return Optional.of(new Document(whole.source(), whole.pieces().subList(0, 1)));
        });
        List<Document> documents = all.stream().flatMap(Optional::stream).toList();
        return new Rows(documents, all.size() - documents.size(), shortened[0]);
    }

    /** What rows say, without any template: to learn a vocabulary from. */
    public static List<String> texts(Path rows) {
        return RowLines.read(rows, DocumentExamples::text).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> text(JsonNode row) {
        JsonNode text = row.path("text");
        return text.isString()
                ? List.of(text.asString())
                : row.path("messages")
                        .valueStream()
                        .map(message -> message.path("content").asString(""))
                        .toList();
    }

    private Document document(JsonNode row, int limit) {
        RowMark mark = RowMark.of(row);
        return new Document(
                mark.source(),
                pieces(tokens(row), limit).stream()
                        .filter(piece -> mark.weight() > 0)
                        .map(piece -> piece.marked(mark))
                        .toList());
    }

    private int[] tokens(JsonNode row) {
        JsonNode text = row.path("text");
        if (text.isString() && !text.asString().isEmpty()) {
            return ended(tokenizer.begun(tokenizer.encodeOrdinary(text.asString())));
        }
        List<ChatMessage> messages = row.path("messages").isEmpty() ? List.of() : ChatExamples.messages(row);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException(
                    "has neither text nor messages: objective causal-lm learns from documents"
                            + " ({\"text\": …}) and from conversations as a whole");
        }
        return chats.whole(messages);
    }

    private int[] ended(int[] tokens) {
        int end = tokenizer.eos().orElse(-1);
        if (end < 0) {
            return tokens;
        }
        int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
        ended[tokens.length] = end;
        return ended;
    }

    /** Pieces of at most {@code limit} tokens, each after the first begun with the token before it. */
    static List<TrainingExample> pieces(int[] tokens, int limit) {
        List<TrainingExample> pieces = new ArrayList<>();
        for (int first = 0; first + 1 < tokens.length; first += limit - 1) {
            int end = Math.min(tokens.length, first + limit);
            pieces.add(TrainingExample.text(Arrays.copyOfRange(tokens, first, end)));
        }
        return pieces;
    }
}
