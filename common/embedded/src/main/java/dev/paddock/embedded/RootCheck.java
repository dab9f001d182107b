package dev.paddock.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** PostgreSQL refuses to run as root; as root it is started inside a user namespace, which some containers forbid. */
final class RootCheck {
    private RootCheck() {}

    static void run() {
        if (isRoot() && !namespaceAllowed()) {
            throw new EmbeddedStartException(
                    "PostgreSQL does not run as root, and this system refuses `unshare -U`: run as an ordinary user");
        }
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    private static boolean namespaceAllowed() {
        try {
            return new ProcessBuilder("unshare", "-U", "true")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
