package dev.paddock.registry.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChainVerifierTest {
    @Test
    void anEmptyLogIsValid() {
        assertThat(ChainVerifier.verify("acme", List.of()))
                .isEqualTo(new ChainVerification(true, 0, LogEntry.GENESIS, null, null));
    }

    @Test
    void anUntouchedChainIsValidAndNamesItsHead() {
        List<LogEntry> chain = chain(3);

        ChainVerification outcome = ChainVerifier.verify("acme", chain);

        assertThat(outcome.valid()).isTrue();
        assertThat(outcome.entries()).isEqualTo(3);
        assertThat(outcome.head()).isEqualTo(chain.get(2).hash());
    }

    /** The reference was computed with Python's hashlib and json (sort_keys, no spaces). */
    @Test
    void theHashIsThatOfCanonicalJson() {
        assertThat(chain(1).get(0).hash())
                .isEqualTo("sha256:32496bc86e2f0aca63307a366cd353b25e1f355b6b027e7c4bbf574838bf0c33");
    }

    @Test
    void aChangedEntryIsFound() {
        List<LogEntry> chain = chain(4);
        LogEntry second = chain.get(1);
        chain.set(1, with(second, "mallory", second.hash()));

        assertThat(ChainVerifier.verify("acme", chain).firstBroken()).isEqualTo(2);
    }

    @Test
    void aChangedEntryWithItsHashMadeAnewBreaksTheNextOne() {
        List<LogEntry> chain = chain(4);
        chain.set(1, with(chain.get(1), "mallory", "").sealed());

        assertThat(ChainVerifier.verify("acme", chain).firstBroken()).isEqualTo(3);
    }

    @Test
    void aRemovedEntryIsFound() {
        List<LogEntry> chain = chain(4);
        chain.remove(2);

        assertThat(ChainVerifier.verify("acme", chain).firstBroken()).isEqualTo(3);
    }

    @Test
    void anotherTenantsEntryIsFound() {
        assertThat(ChainVerifier.verify("umbrella", chain(1)).firstBroken()).isEqualTo(1);
    }

    private static List<LogEntry> chain(int length) {
        List<LogEntry> chain = new ArrayList<>();
        String previous = LogEntry.GENESIS;
        for (int i = 1; i <= length; i++) {
            LogEntry entry = new LogEntry(
                            "acme",
                            i,
                            Instant.parse("2026-01-02T03:04:05.000006Z"),
                            "VERSION_APPROVED",
                            "approval",
                            "a" + i,
                            "anna",
                            new TreeMap<>(Map.of("versionId", "v", "comment", "grün \"gut\"")),
                            previous,
                            "")
                    .sealed();
            chain.add(entry);
            previous = entry.hash();
        }
        return chain;
    }

    private static LogEntry with(LogEntry entry, String actor, String hash) {
        return new LogEntry(
                entry.tenant(),
                entry.sequence(),
                entry.at(),
                entry.action(),
                entry.subjectKind(),
                entry.subjectId(),
                actor,
                entry.details(),
                entry.previousHash(),
                hash);
    }
}
