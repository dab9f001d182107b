package dev.paddock.local.demo;

import dev.paddock.local.home.Home;
import dev.paddock.local.home.JsonFiles;
import java.nio.file.Path;
import java.util.UUID;

/** The run that a home's demonstration is in; its id is in every idempotency key. */
public record DemoRunFile(String run, String baseDigest) {

    /** The home's run for that base, or a fresh one. */
    public static String of(Home home, String baseDigest, boolean fresh) {
        Path file = home.run().resolve("demo.json");
        if (!fresh) {
            String known = JsonFiles.read(file, DemoRunFile.class)
                    .filter(r -> r.baseDigest().equals(baseDigest))
                    .map(DemoRunFile::run)
                    .orElse("");
            if (!known.isEmpty()) {
                return known;
            }
        }
        DemoRunFile next = new DemoRunFile(UUID.randomUUID().toString().substring(0, 8), baseDigest);
        JsonFiles.writeAtomically(file, next);
        return next.run();
    }
}
