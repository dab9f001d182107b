package dev.paddock.local.demo;

import dev.paddock.local.demo.Demo.DemoPlan;
import dev.paddock.local.home.Home;
import dev.paddock.local.home.JsonFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The run that a home's demonstration is in; its id is in every idempotency key.
 *
 * @param contents the digest of what the run uploads and orders
 * @param asked which base the person asked for; what was found may be another one
 */
public record DemoRunFile(
        String run,
        String baseDigest,
        @Nullable String contents,
        @Nullable String asked) {
    public static final String DEFAULT_BASE = "default";
    public static final String TINY_BASE = "tiny";

    /** The digest of the base that the home's run adapts, where that run was begun for the same wish. */
    public static Optional<String> base(Home home, String asked) {
        return read(home).filter(known -> asked.equals(known.asked())).map(DemoRunFile::baseDigest);
    }

    /** The home's run with that base and those contents, or a fresh one. */
    public static String of(Home home, DemoPlan plan, DemoMaterial material, String asked, boolean fresh) {
        String contents = DemoContents.digest(plan, material);
        return read(home)
                .filter(known ->
                        !fresh && known.baseDigest().equals(plan.baseDigest()) && contents.equals(known.contents()))
                .map(DemoRunFile::run)
                .orElseGet(() -> begin(home, plan.baseDigest(), contents, asked));
    }

    private static String begin(Home home, String baseDigest, String contents, String asked) {
        String run = UUID.randomUUID().toString().substring(0, 8);
        JsonFiles.writeAtomically(file(home), new DemoRunFile(run, baseDigest, contents, asked));
        return run;
    }

    private static Optional<DemoRunFile> read(Home home) {
        return JsonFiles.read(file(home), DemoRunFile.class);
    }

    private static Path file(Home home) {
        return home.run().resolve("demo.json");
    }
}
