package dev.paddock.gateway.openai;

import dev.paddock.gateway.async.Slots;
import dev.paddock.gateway.error.OpenAiException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Work that writes its own answer on a thread of its own, within the slots for answers; one more than they hold is a 429. */
interface Answering {
    void run() throws IOException;

    static Callable<@Nullable ResponseEntity<Void>> within(Slots slots, Answering work) {
        return () -> {
            if (!slots.take()) {
                throw OpenAiException.busy("Too many answers are in work; try again in a second.", 1);
            }
            try {
                work.run();
            } finally {
                slots.giveBack();
            }
            return null;
        };
    }
}
