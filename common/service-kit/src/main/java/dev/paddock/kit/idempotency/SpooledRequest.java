package dev.paddock.kit.idempotency;

import dev.paddock.kit.artifacts.Digest;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A request whose body has been read and digested once and can be read again, from a temporary file. */
final class SpooledRequest extends HttpServletRequestWrapper implements AutoCloseable {
    private final @Nullable Path spool;
    private final String digest;

    private SpooledRequest(HttpServletRequest request, @Nullable Path spool, String digest) {
        super(request);
        this.spool = spool;
        this.digest = digest;
    }

    static SpooledRequest of(HttpServletRequest request) throws IOException, ServletException {
        String type = request.getContentType();
        if (type != null && type.startsWith("multipart/form-data")) {
            return new SpooledRequest(request, null, digestParts(request));
        }
        Path spool = Files.createTempFile("paddock-body", null);
        MessageDigest algorithm = Digest.sha256();
        try (InputStream in = new DigestInputStream(request.getInputStream(), algorithm);
                OutputStream out = Files.newOutputStream(spool)) {
            in.transferTo(out);
        } catch (IOException e) {
            Files.deleteIfExists(spool);
            throw e;
        }
        return new SpooledRequest(request, spool, Digest.of(algorithm).value());
    }

    private static String digestParts(HttpServletRequest request) throws IOException, ServletException {
        MessageDigest algorithm = Digest.sha256();
        for (Part part : request.getParts().stream()
                .sorted(Comparator.comparing(Part::getName))
                .toList()) {
            String head = part.getName() + '\n' + part.getSubmittedFileName() + '\n' + part.getSize() + '\n';
            algorithm.update(head.getBytes(StandardCharsets.UTF_8));
            try (InputStream in = new DigestInputStream(part.getInputStream(), algorithm)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        return Digest.of(algorithm).value();
    }

    String digest() {
        return digest;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return spool == null
                ? super.getInputStream()
                : new Replayed(new BufferedInputStream(Files.newInputStream(spool)));
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        if (spool != null) {
            Files.deleteIfExists(spool);
        }
    }

    private static final class Replayed extends ServletInputStream {
        private final InputStream in;
        private boolean finished;

        Replayed(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            finished = value < 0;
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            finished = count < 0;
            return count;
        }

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the body is read synchronously");
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
