package dev.paddock.local.cli;

import picocli.CommandLine.IVersionProvider;

/** Version, Java and platform, for bug reports. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "paddock 0.1.0",
            "java " + Runtime.version() + " on " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
