package dev.paddock.methods.training;

import dev.paddock.llama.training.DocumentExamples;
import dev.paddock.llama.training.DocumentExamples.Document;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.TrainingExample;
import dev.paddock.llama.training.Validation;
import dev.paddock.llama.training.ValidationSet;
import dev.paddock.methods.objective.CausalLanguage;
import dev.paddock.methods.objective.LessonInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Documents of a domain with general ones among them. Some documents of each source are held out, by their contents alone, so that
 * runs over the same rows measure the same text.
 *
 * <p>Of general text exactly so many tokens are learnt that they are the wanted share of all, rounded to one token: its pieces are
 * taken in their order, again from the first where they are too few, and the last one is cut.
 */
final class ReplayPlan {
    private final HeldOutParams params;
    private final double replayRatio;
    private final CausalLanguage.Params objective;
    private final LessonInput input;
    private final List<ValidationSet> measured = new ArrayList<>();
    private int numbered;

    /** A part of a document, whose number tells which parts belong together. */
    private record Piece(TrainingExample text, int document) {}

    /** @param replayRatio share of general text among the learnt tokens; at least 0 and less than 1 */
    ReplayPlan(HeldOutParams params, double replayRatio, CausalLanguage.Params objective, LessonInput input) {
        this.params = params;
        this.replayRatio = replayRatio;
        this.objective = objective;
        this.input = input;
    }

    /**
     * The domain, and general text in the wanted share.
     *
     * @throws IllegalArgumentException when rows of a source are too few for what is asked
     */
    LessonPlan plan() {
        DocumentExamples.Rows rows = read();
        List<Piece> lessons = new ArrayList<>(learnt(DocumentExamples.DOMAIN, rows));
        lessons.addAll(replayed(targets(lessons), learnt(DocumentExamples.GENERAL, rows)));
        return planned(lessons);
    }

    /**
     * Every row, whatever its source.
     *
     * @throws IllegalArgumentException when there are too few rows to hold some out
     */
    LessonPlan everything() {
        DocumentExamples.Rows rows = read();
        List<Piece> lessons = new ArrayList<>();
        for (String source : List.of(DocumentExamples.DOMAIN, DocumentExamples.GENERAL)) {
            List<Document> documents = of(source, rows);
            lessons.addAll(documents.isEmpty() ? List.of() : learnt(source, documents));
        }
        return planned(lessons);
    }

    private DocumentExamples.Rows read() {
        DocumentExamples.Rows rows = new DocumentExamples(input.tokenizer(), input.chats())
                .read(input.rows(), input.length(), objective.overlong());
        input.log().accept(CausalLanguage.described(rows));
        return rows;
    }

    private LessonPlan planned(List<Piece> lessons) {
        return new LessonPlan(
                new Lessons.Texts(
                        lessons.stream().map(Piece::text).toList(),
                        objective.labelSmoothing(),
                        lessons.stream().map(Piece::document).toList()),
                new Validation(measured));
    }

    /** General documents, or those of every other source, which are the domain's. */
    private static List<Document> of(String source, DocumentExamples.Rows rows) {
        boolean general = source.equals(DocumentExamples.GENERAL);
        return rows.documents().stream()
                .filter(document -> document.source().equals(DocumentExamples.GENERAL) == general)
                .filter(document -> document.targets() > 0)
                .toList();
    }

    /** Pieces of a source's documents that are not held out. */
    private List<Piece> learnt(String source, DocumentExamples.Rows rows) {
        List<Document> documents = of(source, rows);
        if (documents.isEmpty()) {
            refuseNone(source);
            return List.of();
        }
        return learnt(source, documents);
    }

    private List<Piece> learnt(String source, List<Document> documents) {
        HeldOutDocuments split = HeldOutDocuments.of(source, documents, params.heldOutRatio());
        List<TrainingExample> held = split.heldOut().stream()
                .flatMap(document -> document.pieces().stream())
                .limit(params.heldOutSequences())
                .toList();
        if (!held.isEmpty()) {
            measured.add(new ValidationSet(source, held, params.evaluateEvery()));
            input.log()
                    .accept(split.heldOut().size() + " of " + documents.size() + " " + source
                            + " documents are held out; "
                            + held.stream()
                                    .mapToInt(piece -> piece.tokens().length - 1)
                                    .sum()
                            + " of their tokens are measured");
        }
        List<Piece> pieces = new ArrayList<>();
        for (Document document : split.learnt()) {
            document.pieces().forEach(text -> pieces.add(new Piece(text, numbered)));
            numbered++;
        }
        return pieces;
    }

    private void refuseNone(String source) {
        if (source.equals(DocumentExamples.DOMAIN)) {
            throw new IllegalArgumentException(
                    "no row is of the domain: rows without source, or with another one than general, are");
        }
        if (replayRatio > 0) {
            throw new IllegalArgumentException("replayRatio is " + replayRatio
                    + " and no row has source general: add rows {\"text\": …, \"source\": \"general\"} or set it to 0");
        }
        input.log().accept("no row has source general: the domain's perplexity alone is measured");
    }

    private List<Piece> replayed(long domain, List<Piece> general) {
        long wanted = general.isEmpty() ? 0 : Math.round(domain * replayRatio / (1 - replayRatio));
        List<Piece> taken = new ArrayList<>();
        long count = 0;
        for (int next = 0; count < wanted; next++) {
            Piece piece = general.get(next % general.size());
            int[] tokens = piece.text().tokens();
            int kept = (int) Math.min(tokens.length - 1L, wanted - count);
            taken.add(
                    kept == tokens.length - 1
                            ? piece
                            : new Piece(
                                    TrainingExample.text(Arrays.copyOf(tokens, kept + 1))
                                            .from(piece.text().source()),
                                    piece.document()));
            count += kept;
        }
        input.log()
                .accept(count + " of " + (domain + count) + " learnt tokens are replayed general text, out of "
                        + targets(general));
        return taken;
    }

    private static long targets(List<Piece> pieces) {
        return pieces.stream()
                .mapToLong(piece -> piece.text().tokens().length - 1L)
                .sum();
    }
}
