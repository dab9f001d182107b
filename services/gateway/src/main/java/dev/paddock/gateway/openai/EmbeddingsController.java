package dev.paddock.gateway.openai;

import dev.paddock.gateway.answer.Asker;
import dev.paddock.gateway.answer.GuardedEmbeddings;
import dev.paddock.gateway.answer.GuardedEmbeddings.Embeddings;
import dev.paddock.kit.connection.CallerConnection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/embeddings}: vectors of length 1 from the model's last hidden states. */
@RestController
class EmbeddingsController {
    private final GuardedEmbeddings embeddings;
    private final Admission admission;

    EmbeddingsController(GuardedEmbeddings embeddings, Admission admission) {
        this.embeddings = embeddings;
        this.admission = admission;
    }

    @PostMapping("/v1/embeddings")
    Callable<@Nullable ResponseEntity<Void>> embed(
            Asker asker, HttpServletRequest request, HttpServletResponse response) {
        return admission.admit(asker, request, body -> answer(asker, body, CallerConnection.of(request), response));
    }

    private void answer(Asker asker, byte[] body, CallerConnection caller, HttpServletResponse response)
            throws IOException {
        EmbeddingRequestReader asked = EmbeddingRequestReader.read(body);
        Embeddings answer = embeddings.answer(asker, asked.question(), caller);
        OpenAiResponses.headers(response, answer.head());
        List<float[]> vectors = answer.response().embeddings();
        List<Wire.Embedding> data = IntStream.range(0, vectors.size())
                .mapToObj(i ->
                        new Wire.Embedding("embedding", i, asked.base64() ? base64(vectors.get(i)) : vectors.get(i)))
                .toList();
        OpenAiResponses.write(
                response,
                new Wire.Embeddings(
                        "list",
                        data,
                        answer.head().model().model(),
                        Wire.Usage.of(answer.response().usage())));
    }

    /** Little-endian fp32, as OpenAI's clients read them. */
    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
