package dev.paddock.guard;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the guard works.
 *
 * @param windowCharacters the most text of a conversation in one prompt, speakers included
 * @param largestConversation the most characters of a conversation that are judged at all
 * @param promptsPerRequest the most prompts in one request to the worker
 * @param workerTimeout how long the worker may take for all windows of one verdict
 * @param rememberedWindows the most windows whose outcome is kept in memory
 */
@ConfigurationProperties("paddock.guard")
public record GuardSettings(
        @DefaultValue("4000") int windowCharacters,
        @DefaultValue("400000") int largestConversation,
        @DefaultValue("8") int promptsPerRequest,
        @DefaultValue("30s") Duration workerTimeout,
        @DefaultValue("4096") int rememberedWindows) {
    public GuardSettings {
        if (windowCharacters < 200 || largestConversation < windowCharacters) {
            throw new IllegalArgumentException("paddock.guard.window-characters is " + windowCharacters
                    + " and largest-conversation " + largestConversation
                    + ": the first must be at least 200 and not exceed the second");
        }
        if (promptsPerRequest < 1 || rememberedWindows < 0) {
            throw new IllegalArgumentException("paddock.guard.prompts-per-request is " + promptsPerRequest
                    + " and remembered-windows " + rememberedWindows + ": at least 1 and 0");
        }
        if (workerTimeout.isNegative() || workerTimeout.isZero()) {
            throw new IllegalArgumentException("paddock.guard.worker-timeout must be positive, is " + workerTimeout);
        }
    }
}
