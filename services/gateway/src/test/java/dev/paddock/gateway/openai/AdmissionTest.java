package dev.paddock.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** 32 MB of bodies at once, 16 MB of one key. */
@GatewayTest
class AdmissionTest {
    private static final String PATH = "/v1/chat/completions";
    private static final String BODY = "{\"model\":\"tickets\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @Autowired
    private Callers callers;

    @BeforeEach
    void reset() {
        World.reset();
    }

    @Test
    void largeBodiesOfOneKeyLeaveRoomForOthers() throws IOException {
        try (Socket first = sendingSlowly("large");
                Socket second = sendingSlowly("large")) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> ask("large", BODY).status() == 429);
            Callers.Reply reply = ask("large", BODY.replace("hi", "h".repeat(4 << 20)));
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.header("Retry-After")).isEqualTo("1");
            assertThat(reply.json().path("error").path("message").asString()).contains("bytes");
            assertThat(ask("small", BODY).status()).isEqualTo(200);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> ask("large", BODY).status() == 200);
    }

    private Callers.Reply ask(String key, String body) {
        return callers.bearer(callers.key(key), "POST", PATH, body);
    }

    /** Promises a body of the largest size and sends its first byte. */
    private Socket sendingSlowly(String key) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), World.PORT);
        String head = "POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer " + callers.key(key) + "\r\nContent-Length: " + RequestBody.MOST_BYTES
                + "\r\n\r\n{";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }
}
