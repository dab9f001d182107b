package dev.paddock.local.suite;

import dev.paddock.embedded.EmbeddedKafka;
import dev.paddock.embedded.EmbeddedPostgreSql;
import dev.paddock.local.home.Home;
import dev.paddock.local.home.Ports;
import dev.paddock.local.home.Secrets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;

/** Every part of Paddock on one machine: PostgreSQL, Kafka and the services in this JVM, each worker in a child JVM. */
public final class Suite implements AutoCloseable {
    /** Everything that listens, but for the gateway. */
    public static final List<String> PARTS = List.of(
            "postgresql",
            "kafka",
            "kafka-controller",
            "model-registry",
            "dataset",
            "training-job",
            "safety-guard",
            "evaluation",
            "worker-serving",
            "worker-training");

    private static final int SERVICES_AT_A_TIME = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Suite.class);

    private final Deque<Part> started = new ArrayDeque<>();
    private boolean closing;

    /** Starts every part in order, telling {@code progress} the name of each; on a failure what had started is stopped. */
    public void start(Home home, Ports ports, Consumer<String> progress) {
        try {
            startAll(home, ports, progress);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void startAll(Home home, Ports ports, Consumer<String> progress) {
        configureLogging();
        SuiteSettings settings = new SuiteSettings(home, ports, Secrets.of(home));
        progress.accept("postgresql and kafka");
        CompletableFuture<EmbeddedKafka> kafka = CompletableFuture.supplyAsync(() -> {
            EmbeddedKafka broker = EmbeddedKafka.start(home.kafka(), ports.of("kafka"), ports.of("kafka-controller"));
            keep(part("kafka", broker::close));
            return broker;
        });
        EmbeddedPostgreSql postgresql = EmbeddedPostgreSql.start(home.postgresql(), ports.of("postgresql"));
        keep(part("postgresql", postgresql::close));
        LOG.info("kafka listens on {}", kafka.join().bootstrapServers());
        progress.accept("services");
        startServices(settings, postgresql);
        progress.accept("workers");
        keep(new WorkerProcess(home, "worker-serving", settings.worker("worker-serving", "serving")));
        keep(new WorkerProcess(home, "worker-training", settings.worker("worker-training", "training")));
    }

    /** Once for all services: contexts that start at the same time would each add their own appenders. */
    private static void configureLogging() {
        LoggingSystem logging = LoggingSystem.get(Suite.class.getClassLoader());
        logging.beforeInitialize();
        logging.initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
    }

    /** Two at a time: a start is mostly one thread's work, and the first ones load the classes of the later ones. */
    private void startServices(SuiteSettings settings, EmbeddedPostgreSql postgresql) {
        ExecutorService starters = Executors.newFixedThreadPool(SERVICES_AT_A_TIME);
        try {
            List<CompletableFuture<Void>> starts = new ArrayList<>();
            for (Services service : Services.inOrder()) {
                Map<String, String> own = settings.service(service.id(), postgresql.service(service.id()));
                starts.add(CompletableFuture.runAsync(() -> keep(ServicePart.start(service, own)), starters));
            }
            CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
        } finally {
            starters.shutdownNow();
        }
    }

    /** Remembers a part to be stopped; a part that came up while the suite is already being stopped is stopped at once. */
    private void keep(Part part) {
        boolean late;
        synchronized (started) {
            late = closing;
            if (!late) {
                started.push(part);
            }
        }
        if (late) {
            part.close();
            throw new IllegalStateException("the suite is being stopped");
        }
    }

    private static Part part(String name, Runnable close) {
        return new Part() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }

    /** Stops every part in the reverse order of its start; a part that fails to stop does not keep the others running. */
    @Override
    public void close() {
        synchronized (started) {
            closing = true;
        }
        for (Part part = next(); part != null; part = next()) {
            try {
                LOG.info("stopping {}", part.name());
                part.close();
            } catch (RuntimeException e) {
                LOG.error("{} did not stop cleanly", part.name(), e);
            }
        }
    }

    private @Nullable Part next() {
        synchronized (started) {
            return started.poll();
        }
    }
}
