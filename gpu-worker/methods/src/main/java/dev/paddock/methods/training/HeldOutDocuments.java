package dev.paddock.methods.training;

import dev.paddock.llama.training.DocumentExamples.Document;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Documents to learn and documents to measure, told apart by their contents: equal documents are always on one side. */
record HeldOutDocuments(List<Document> learnt, List<Document> heldOut) {
    /**
     * Holds out a share of the documents, at least one unless the share is 0.
     *
     * @throws IllegalArgumentException when nothing would be left to learn
     */
    static HeldOutDocuments of(String source, List<Document> documents, double share) {
        if (share == 0) {
            return new HeldOutDocuments(documents, List.of());
        }
        List<String> digests = documents.stream().map(HeldOutDocuments::digest).toList();
        List<String> different =
                digests.stream().distinct().sorted(Comparator.naturalOrder()).toList();
        if (different.size() < 2) {
            throw new IllegalArgumentException("there is one " + source
                    + " document, and some are held out: divide it into several rows, or set heldOutRatio to 0");
        }
        int count = (int) Math.max(1, Math.min(different.size() - 1L, Math.round(share * different.size())));
        Set<String> chosen = new HashSet<>(different.subList(0, count));
        var sides = java.util.stream.IntStream.range(0, documents.size())
                .boxed()
                .collect(Collectors.partitioningBy(
                        at -> chosen.contains(digests.get(at)),
                        Collectors.mapping(documents::get, Collectors.toList())));
        return new HeldOutDocuments(sides.getOrDefault(false, List.of()), sides.getOrDefault(true, List.of()));
    }

    private static String digest(Document document) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            document.pieces().forEach(piece -> {
                ByteBuffer bytes = ByteBuffer.allocate(4 * piece.tokens().length);
                bytes.asIntBuffer().put(piece.tokens());
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
