package dev.paddock.local.home;

import java.time.Instant;
import java.util.Optional;

/** What a running suite writes about itself: its process and how far it is. */
public record SuiteState(long pid, Instant processStart, Phase phase, String detail) {
    /** The life of a suite process. */
    public enum Phase {
        STARTING,
        RUNNING,
        STOPPING,
        FAILED
    }

    public static SuiteState ofThisProcess(Phase phase, String detail) {
        return of(ProcessHandle.current(), phase, detail);
    }

    public static SuiteState of(ProcessHandle suite, Phase phase, String detail) {
        return new SuiteState(suite.pid(), suite.info().startInstant().orElse(Instant.EPOCH), phase, detail);
    }

    public void record(Home home) {
        JsonFiles.writeAtomically(home.run().resolve("suite.json"), this);
    }

    public static Optional<SuiteState> recorded(Home home) {
        return JsonFiles.read(home.run().resolve("suite.json"), SuiteState.class);
    }

    /** The process, where it is alive and the very one that wrote this (a process id may have been given anew). */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(p -> p.info().startInstant().map(processStart::equals).orElse(true));
    }
}
