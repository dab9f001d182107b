package dev.paddock.local.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** The settings {@code paddock.*} that the parts read: what their property records bind, and what their sources name. */
final class KnownSettings {
    private static final Pattern NAMED = Pattern.compile("\\$\\{(paddock\\.[a-z.-]+)");

    private final List<Class<?>> records;
    private final Set<String> named = new TreeSet<>();

    KnownSettings() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        records = scanner.findCandidateComponents("dev.paddock").stream()
                .<Class<?>>map(found -> type(String.valueOf(found.getBeanClassName())))
                .toList();
        for (String folder : List.of("services", "common", "gpu-worker")) {
            readNamed(Path.of("..", folder));
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private void readNamed(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(
                            f -> f.toString().endsWith(".java") && f.toString().contains("src/main"))
                    .toList()) {
                Matcher matcher = NAMED.matcher(Files.readString(file));
                while (matcher.find()) {
                    named.add(matcher.group(1));
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The names of a file and of an environment that nobody reads, in order. */
    Set<String> unknown(Properties file, Map<String, String> environment) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(new SystemEnvironmentPropertySource("systemEnvironment", new HashMap<>(environment)));
        sources.addLast(new PropertiesPropertySource("file", file));
        Set<String> left = new TreeSet<>(environment.keySet());
        left.addAll(file.stringPropertyNames());
        left.removeIf(name -> !name.startsWith("paddock.") && !name.startsWith("PADDOCK_"));
        left.removeAll(named);
        Binder binder = new Binder(ConfigurationPropertySources.from(sources));
        for (Class<?> type : records) {
            ConfigurationProperties annotation = type.getAnnotation(ConfigurationProperties.class);
            String prefix = annotation.prefix().isEmpty() ? annotation.value() : annotation.prefix();
            binder.bind(prefix, Bindable.of(type), new Bound(left));
        }
        return left;
    }

    /** Takes away the names that were bound. */
    private record Bound(Set<String> left) implements BindHandler {
        @Override
        public @Nullable Object onSuccess(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
            if (context.getConfigurationProperty() != null
                    && context.getConfigurationProperty().getOrigin() instanceof PropertySourceOrigin origin) {
                left.remove(origin.getPropertyName());
            }
            return result;
        }
    }
}
