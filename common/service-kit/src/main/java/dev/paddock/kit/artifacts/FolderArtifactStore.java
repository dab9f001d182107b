package dev.paddock.kit.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Artifacts in a local folder: {@code blobs/<first two hex>/<hex>}, written aside, synced and renamed; an area is a folder of
 * the same form below {@code areas}.
 */
public final class FolderArtifactStore implements ArtifactStore {
    private static final int MANIFEST_LIMIT = 16 << 20;

    private static final Pattern AREA = Pattern.compile("[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*");

    private final Path folder;
    private final boolean area;
    private final Path blobs;
    private final Path incoming;
    private final BlobFiles files;
    private final BlobWriter writer;

    public FolderArtifactStore(Path folder) {
        this(folder, BlobFiles.DISK);
    }

    /** A store that makes its files with {@code files}. */
    public FolderArtifactStore(Path folder, BlobFiles files) {
        this(folder.toAbsolutePath(), files, false);
    }

    private FolderArtifactStore(Path folder, BlobFiles files, boolean area) {
        this.files = files;
        this.folder = folder;
        this.area = area;
        this.blobs = folder.resolve("blobs");
        this.incoming = folder.resolve("incoming");
        this.writer = new BlobWriter(incoming, files);
    }

    @Override
    public Digest put(InputStream content) throws IOException {
        return writer.write(content, this::path);
    }

    @Override
    public InputStream open(Digest digest) throws IOException {
        return new CheckedInputStream(Files.newInputStream(path(digest)), digest);
    }

    @Override
    public boolean exists(Digest digest) {
        return Files.isRegularFile(path(digest));
    }

    @Override
    public boolean hasContent() {
        return Files.isDirectory(blobs);
    }

    @Override
    public long size(Digest digest) throws IOException {
        return Files.size(path(digest));
    }

    @Override
    public Digest putFolder(Path folder) throws IOException {
        List<Path> sources;
        try (Stream<Path> walk = Files.walk(folder)) {
            sources = walk.filter(path -> !Files.isDirectory(path)).toList();
        }
        List<ManifestFile> files = new ArrayList<>();
        for (Path source : sources) {
            if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)
                    && !source.toRealPath().startsWith(folder.toRealPath())) {
                throw new IllegalArgumentException(source + " points out of its folder");
            }
            try (InputStream in = Files.newInputStream(source)) {
                Digest digest = put(in);
                String path = folder.relativize(source).toString().replace('\\', '/');
                files.add(new ManifestFile(path, digest.value(), size(digest)));
            }
        }
        return put(new java.io.ByteArrayInputStream(new Manifest(files).bytes()));
    }

    @Override
    public Manifest manifest(Digest folder) throws IOException {
        if (size(folder) > MANIFEST_LIMIT) {
            throw new DamagedArtifactException(folder + " is no folder manifest: it is too long");
        }
        try (InputStream in = open(folder)) {
            return Manifest.parse(folder, in.readAllBytes());
        }
    }

    @Override
    public void materialize(Digest folder, Path target) throws IOException {
        for (ManifestFile file : manifest(folder).files()) {
            Path destination = target.resolve(file.path()).normalize();
            if (!destination.startsWith(target.normalize())) {
                throw new DamagedArtifactException("path leaves its folder: " + file.path());
            }
            Files.createDirectories(destination.getParent());
            Files.deleteIfExists(destination);
            link(path(file.blob()), destination);
        }
    }

    private static void link(Path blob, Path destination) throws IOException {
        try {
            Files.createLink(destination, blob);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(blob, destination);
        }
    }

    @Override
    public void verify(Digest folder) throws IOException {
        for (ManifestFile file : manifest(folder).files()) {
            if (!exists(file.blob()) || size(file.blob()) != file.size()) {
                throw new DamagedArtifactException(file.path() + " of " + folder + " is missing or cut");
            }
            verifyBlob(file.blob());
        }
    }

    @Override
    public void verifyBlob(Digest digest) throws IOException {
        try (InputStream in = open(digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    @Override
    public ArtifactStore within(String name) {
        if (!AREA.matcher(name).matches()) {
            throw new IllegalArgumentException("not an area of a store: " + name);
        }
        return new FolderArtifactStore(folder.resolve("areas").resolve(name), files, true);
    }

    @Override
    public void remove(Digest digest) throws IOException {
        Files.deleteIfExists(path(digest));
    }

    @Override
    public void retain(Set<Digest> folders) throws IOException {
        if (!area) {
            throw new IllegalStateException(folder + " is no area of a store: others refer to what is in it");
        }
        Set<Path> kept = new HashSet<>();
        for (Digest one : folders) {
            if (exists(one)) {
                kept.add(path(one));
                manifest(one).files().forEach(file -> kept.add(path(file.blob())));
            }
        }
        removeBelow(blobs, kept);
        removeBelow(incoming, Set.of());
    }

    private static void removeBelow(Path folder, Set<Path> kept) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> stored;
        try (Stream<Path> walk = Files.walk(folder)) {
            stored = walk.filter(Files::isRegularFile).toList();
        }
        for (Path path : stored) {
            if (!kept.contains(path)) {
                Files.deleteIfExists(path);
            }
        }
    }

    Path path(Digest digest) {
        return blobs.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }
}
