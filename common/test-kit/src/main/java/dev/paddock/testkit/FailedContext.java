package dev.paddock.testkit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.test.context.ApplicationContextFailureProcessor;

/** Says why a service's context did not start; the tests that ask for it again tell of an earlier failure only. */
public final class FailedContext implements ApplicationContextFailureProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(FailedContext.class);

    @Override
    public void processLoadFailure(ApplicationContext context, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.error(
                    "no context for tests: {}",
                    NestedExceptionUtils.getMostSpecificCause(failure).toString());
        }
    }
}
