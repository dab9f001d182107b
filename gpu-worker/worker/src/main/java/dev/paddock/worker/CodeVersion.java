package dev.paddock.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * Which code runs here, as lineage names it: the build's version and, where the build was told it, the commit, such as
 * {@code 0.1.0+1f2e3d4c5b6a}. The {@code paddock} script and the container image's build tell the commit.
 */
public final class CodeVersion {
    private static final String BUILD = "/paddock/worker-build.properties";

    private CodeVersion() {}

    /** The version of the build that this class is from. */
    public static String ofThisBuild() {
        Properties build = new Properties();
        try (InputStream in = CodeVersion.class.getResourceAsStream(BUILD)) {
            build.load(Objects.requireNonNull(in, BUILD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(build.getProperty("version", ""), build.getProperty("commit", ""));
    }

    static String of(String version, String commit) {
        return commit.isBlank() ? version : version + "+" + commit;
    }
}
