package dev.paddock.worker.inference;

import dev.paddock.worker.ConditionalOnRole;
import dev.paddock.worker.WorkerRole;
import dev.paddock.worker.models.ServingProperties;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * More threads than two models' queues hold: a completion keeps its thread while it waits and runs, as many classifications run beside
 * as completions do, and there is one for the refusal of one too many, for verdicts and for health.
 */
@Component
@ConditionalOnRole(WorkerRole.SERVING)
final class ServingThreads implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
    private static final int MODELS = 2;
    private static final int OTHERS = 64;

    private final int most;

    ServingThreads(ServingProperties properties) {
        this.most = MODELS * (2 * properties.running() + properties.waiting()) + OTHERS;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addProtocolHandlerCustomizers(handler -> {
            if (handler instanceof AbstractProtocol<?> protocol) {
                protocol.setMaxThreads(Math.max(most, protocol.getMaxThreads()));
            }
        });
    }
}
