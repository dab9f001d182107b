package dev.paddock.kit.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {
    @Test
    void idsAreOfVersion7CarryTheTimeAndGrowEvenInOneMillisecond() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        TimeOrderedIds ids = new TimeOrderedIds(Clock.fixed(now, ZoneOffset.UTC));
        List<UUID> made = Stream.generate(ids::next).limit(10_000).toList();

        assertThat(made).allMatch(id -> id.version() == 7 && id.variant() == 2);
        assertThat(made.get(0).getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli());
        assertThat(made.stream().map(UUID::toString)).isSorted().doesNotHaveDuplicates();
    }
}
