package dev.paddock.llama.training;

import dev.paddock.llama.config.LlamaConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A digest of everything that decides how a run goes, apart from the base's weights. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(
            LlamaConfig config,
            Adaptation adaptation,
            TrainingSettings settings,
            Lessons lessons,
            Validation validation) {
        MessageDigest digest = sha256();
        update(digest, config.toString());
        update(digest, described(adaptation));
        update(digest, described(settings));
        update(digest, described(lessons.options(settings.options())));
        if (lessons instanceof Lessons.Comparisons comparisons) {
            update(digest, describe(comparisons));
        }
        if (lessons instanceof Lessons.Labelled labelled) {
            update(digest, labelled.scheme().toString());
        }
        update(digest, lessons);
        if (!settings.options().phases().isEmpty()) {
            lessons.rows().forEach(row -> update(digest, row.get(0).source()));
        }
        if (!validation.selection().equals(Selection.NONE)) {
            update(digest, validation.selection().toString());
            validation.sets().forEach(set -> {
                update(digest, set.name() + set.everySteps());
                update(digest, set.lessons());
            });
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /** Without phases and gates as before there were any, so that checkpoints of then go on. */
    private static String described(Record settings) {
        return settings.toString().replace(", phases=[]", "").replace(", routing=Optional.empty", "");
    }

    private static void update(MessageDigest digest, Lessons lessons) {
        for (TrainingExample example :
                lessons.rows().stream().flatMap(List::stream).toList()) {
            ByteBuffer bytes = ByteBuffer.allocate(4 + 8 * example.length());
            bytes.putInt(example.length());
            for (int i = 0; i < example.length(); i++) {
                bytes.putInt(example.tokens()[i]).putFloat(example.weights()[i]);
            }
            digest.update(bytes.flip());
            for (int label : example.labels()) {
                update(digest, Integer.toString(label));
            }
        }
    }

    private static String describe(Lessons.Comparisons comparisons) {
        StringBuilder text = new StringBuilder(comparisons.objective().toString());
        comparisons.examples().forEach(example -> text.append(example.desirable() ? '+' : '-')
                .append(example.weight() == 1 ? "" : example.weight()));
        return text.toString();
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
