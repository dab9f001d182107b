package dev.paddock.local.home;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The loopback ports of a running suite by part; all but the gateway's are free ones, kept from start to start where they still are. */
public record Ports(Map<String, Integer> byPart) {
    public static final String GATEWAY = "gateway";
    private static final int DEFAULT_GATEWAY_PORT = 8080;

    public int of(String part) {
        Integer port = byPart.get(part);
        if (port == null) {
            throw new IllegalArgumentException("no port was chosen for " + part);
        }
        return port;
    }

    public static Optional<Ports> recorded(Home home) {
        return JsonFiles.read(home.run().resolve("ports.json"), Ports.class);
    }

    public void record(Home home) {
        JsonFiles.writeAtomically(home.run().resolve("ports.json"), this);
    }

    /** Chooses a port for every part; the gateway's is {@code PADDOCK_PORT} and must be free. */
    public static Ports choose(Home home, List<String> parts) {
        return choose(home, parts, gatewayPort());
    }

    static Ports choose(Home home, List<String> parts, int gateway) {
        Map<String, Integer> before = recorded(home).map(Ports::byPart).orElse(Map.of());
        Map<String, Integer> chosen = new TreeMap<>();
        if (!isFree(gateway)) {
            throw new UserError("port " + gateway
                    + " on 127.0.0.1 is taken. Stop what listens there, or choose another with PADDOCK_PORT=<port>.");
        }
        chosen.put(GATEWAY, gateway);
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (String part : parts) {
                Integer last = before.get(part);
                ServerSocket socket = bind(last != null && last != gateway && isFree(last) ? last : 0);
                held.add(socket);
                chosen.put(part, socket.getLocalPort());
            }
        } catch (IOException e) {
            throw new UserError("no free port on 127.0.0.1: " + e.getMessage(), e);
        } finally {
            held.forEach(Ports::close);
        }
        return new Ports(chosen);
    }

    static int gatewayPort() {
        String text = Optional.ofNullable(System.getenv("PADDOCK_PORT")).orElse("");
        if (text.isBlank()) {
            return DEFAULT_GATEWAY_PORT;
        }
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw badPort(text, e);
        }
        throw badPort(text, null);
    }

    private static UserError badPort(String text, @org.jspecify.annotations.Nullable Exception cause) {
        String message = "PADDOCK_PORT is '" + text + "'; it must be a number from 1 to 65535.";
        return cause == null ? new UserError(message) : new UserError(message, cause);
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = bind(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
