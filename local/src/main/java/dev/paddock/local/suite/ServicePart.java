package dev.paddock.local.suite;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One service as a Spring context of its own in this JVM. */
final class ServicePart implements Part {
    private final String name;
    private final ConfigurableApplicationContext context;

    private ServicePart(String name, ConfigurableApplicationContext context) {
        this.name = name;
        this.context = context;
    }

    static ServicePart start(Services service, Map<String, String> settings) {
        String[] arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(service.application())
                .properties("spring.config.name=" + service.id())
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .run(arguments);
        return new ServicePart(service.id(), context);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        context.close();
    }
}
