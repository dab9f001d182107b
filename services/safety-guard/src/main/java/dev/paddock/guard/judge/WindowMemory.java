package dev.paddock.guard.judge;

import dev.paddock.guard.GuardSettings;
import dev.paddock.kit.artifacts.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Outcomes of the windows that were asked about last; a key holds tenant, policy version, guard and the prompt's digest. */
@Component
class WindowMemory {
    private final Map<Key, WindowOutcome> outcomes;

    WindowMemory(GuardSettings settings) {
        int most = settings.rememberedWindows();
        this.outcomes = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, WindowOutcome> eldest) {
                return size() > most;
            }
        });
    }

    Optional<WindowOutcome> recall(Case asked, String prompt) {
        return Optional.ofNullable(outcomes.get(key(asked, prompt)));
    }

    void remember(Case asked, String prompt, WindowOutcome outcome) {
        outcomes.put(key(asked, prompt), outcome);
    }

    private static Key key(Case asked, String prompt) {
        return new Key(
                asked.policy().tenant(),
                asked.policy().id().toString(),
                asked.guard().reference().toString(),
                Digest.of(prompt.getBytes(StandardCharsets.UTF_8)).value());
    }

    private record Key(String tenant, String policy, String guard, String prompt) {}
}
