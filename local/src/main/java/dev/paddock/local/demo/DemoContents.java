package dev.paddock.local.demo;

import dev.paddock.local.demo.Demo.DemoPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The digest of what a run uploads and orders: the same key may only ever come with the same contents. */
final class DemoContents {
    /** Raised with every change of a request's body in {@link Demo}. */
    private static final int REQUESTS = 2;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private DemoContents() {}

    static String digest(DemoPlan plan, DemoMaterial material) {
        MessageDigest digest = sha256();
        add(digest, JSON.writeValueAsBytes(List.of(REQUESTS, plan.baseVersionId(), plan.parameters())));
        add(digest, material.documents());
        add(digest, material.rows());
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, List<DemoMaterial.File> files) {
        add(digest, new byte[] {(byte) files.size()});
        for (DemoMaterial.File file : files) {
            add(digest, file.name().getBytes(StandardCharsets.UTF_8));
            add(digest, file.bytes());
        }
    }

    /** Each part behind its length, so that no two lists of parts read alike. */
    private static void add(MessageDigest digest, byte[] part) {
        digest.update((part.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
