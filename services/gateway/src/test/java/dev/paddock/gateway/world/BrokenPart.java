package dev.paddock.gateway.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A service whose chunked answer breaks off before its last chunk. */
public final class BrokenPart {
    private static final String HALF = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String CHUNK = "186a0\r\n" + "x".repeat(100_000) + "\r\n";
    private final ServerSocket server;
    private volatile boolean early;

    BrokenPart() {
        try {
            server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "broken-part");
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether it breaks off right after its head. */
    public void early(boolean next) {
        early = next;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void serve() {
        while (true) {
            try (Socket socket = server.accept()) {
                Thread.sleep(100);
                socket.getInputStream().skipNBytes(socket.getInputStream().available());
                String sent = early ? HALF : HALF + CHUNK;
                socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                Thread.sleep(200);
            } catch (IOException e) {
                // the next caller may have more luck
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
