package dev.paddock.local.suite;

import dev.paddock.embedded.EmbeddedPostgreSql;
import dev.paddock.local.home.Home;
import dev.paddock.local.home.Ports;
import dev.paddock.local.home.SuiteState;
import dev.paddock.local.home.SuiteState.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at every part of a suite from outside. */
public final class Health {
    private static final List<String> PLAIN = List.of("postgresql", "kafka", "kafka-controller");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Home home;

    public Health(Home home) {
        this.home = home;
    }

    /** A part and whether it answers. */
    public record PartHealth(String part, int port, boolean up, String detail) {}

    /** The suite as a whole: its process, phase and parts; and the process of a database that a killed suite left. */
    public record Report(
            Optional<SuiteState> state, boolean alive, List<PartHealth> parts, Optional<Long> orphanPostgresql) {
        public boolean healthy() {
            return alive
                    && parts.stream().allMatch(PartHealth::up)
                    && state.map(s -> s.phase() == Phase.RUNNING).orElse(false);
        }

        public boolean stopped() {
            return !alive;
        }
    }

    public Report report() {
        Optional<SuiteState> state = SuiteState.recorded(home);
        boolean alive = state.flatMap(SuiteState::process).isPresent();
        Optional<Ports> ports = Ports.recorded(home);
        List<PartHealth> parts = new ArrayList<>();
        if (alive && ports.isPresent()) {
            List<String> names = new ArrayList<>(List.of(Ports.GATEWAY));
            names.addAll(Suite.PARTS);
            names.forEach(name -> parts.add(look(name, ports.get().of(name))));
        }
        Optional<Long> orphan = alive ? Optional.empty() : EmbeddedPostgreSql.process(home.postgresql());
        return new Report(state, alive, parts, orphan);
    }

    private PartHealth look(String part, int port) {
        return PLAIN.contains(part) ? listens(part, port) : answers(part, port);
    }

    private static PartHealth listens(String part, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return new PartHealth(part, port, true, "listens");
        } catch (IOException e) {
            return new PartHealth(part, port, false, "does not listen");
        }
    }

    private PartHealth answers(String part, int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(SuiteSettings.url(port) + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .GET()
                .build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return new PartHealth(part, port, status == 200, status == 200 ? "ready" : "answers " + status);
        } catch (IOException e) {
            return new PartHealth(part, port, false, "does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new PartHealth(part, port, false, "interrupted");
        }
    }
}
