package dev.paddock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedTest {
    @TempDir
    private Path home;

    @Test
    void databaseKeepsServicesApartAndItsDataAcrossAKilledOwner() throws Exception {
        Process killed = holdInAnotherJvm();
        killed.destroyForcibly().waitFor();
        assertThat(OrphanPostgreSql.find(home.resolve("data"))).isPresent();

        try (EmbeddedPostgreSql database = EmbeddedPostgreSql.start(home)) {
            assertThat(value(database.service("dataset"), "SELECT name FROM kept"))
                    .isEqualTo("kept");
            assertThat(value(database.service("dataset"), "SHOW fsync")).isEqualTo("on");
            DatabaseAccess other = database.service("model-registry");
            assertThatThrownBy(() -> value(other, "SELECT name FROM dataset.kept"))
                    .hasMessageContaining("permission denied");
            DatabaseAccess guessed = new DatabaseAccess(other.jdbcUrl(), "dataset", "guess", "dataset");
            assertThatThrownBy(() -> value(guessed, "SELECT 1")).hasMessageContaining("authentication failed");
            assertThatThrownBy(() -> EmbeddedPostgreSql.start(home)).hasMessageContaining("in use");
            assertThat(OrphanPostgreSql.find(home.resolve("data"))).isPresent();
            assertNoStrangersServerIsTaken(home.resolve("data"));
        }
        assertThat(OrphanPostgreSql.find(home.resolve("data"))).isEmpty();
    }

    @Test
    void dataThatInitdbDidNotFinishAreMadeAnew() throws Exception {
        Path data = Files.createDirectories(home.resolve("data"));
        Files.writeString(data.resolve("PG_VERSION"), "18\n");
        Files.writeString(data.resolve("postgresql.conf"), "");
        try (EmbeddedPostgreSql database = EmbeddedPostgreSql.start(home)) {
            assertThat(value(database.service("dataset"), "SELECT 1")).isEqualTo("1");
        }
        assertThat(data.resolve("postmaster.opts")).exists();
    }

    @Test
    void aServerThatAKilledOwnerLeftIsStopped() throws Exception {
        holdInAnotherJvm().destroyForcibly().waitFor();
        Optional<Long> left = EmbeddedPostgreSql.process(home);
        assertThat(left).isPresent();
        assertThat(EmbeddedPostgreSql.stopOrphan(home)).isEqualTo(left);
        assertThat(EmbeddedPostgreSql.process(home)).isEmpty();
        assertThat(EmbeddedPostgreSql.stopOrphan(home)).isEmpty();
    }

    /** A record of a server that has gone, whose process id belongs to another server now. */
    private void assertNoStrangersServerIsTaken(Path runningData) throws IOException {
        List<String> record = Files.readAllLines(runningData.resolve("postmaster.pid"));
        Path gone = Files.createDirectories(home.resolve("gone"));
        Files.write(gone.resolve("postmaster.pid"), record);
        assertThat(OrphanPostgreSql.find(gone)).as("another data folder").isEmpty();
        Files.write(
                gone.resolve("postmaster.pid"),
                List.of(record.get(0), gone.toString(), String.valueOf(Long.parseLong(record.get(2)) - 3600)));
        assertThat(OrphanPostgreSql.find(gone)).as("another start").isEmpty();
    }

    private Process holdInAnotherJvm() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DatabaseHolder.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().lines().anyMatch("ready"::equals)).isTrue();
        return process;
    }

    static String value(DatabaseAccess access, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.role(), access.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void brokerKeepsItsLogAcrossARestart() throws Exception {
        int port = Ports.free();
        int controller = Ports.free();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(home, port, controller)) {
            send(kafka.bootstrapServers());
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(home, port, controller)) {
            assertThat(read(kafka.bootstrapServers())).containsExactly("kept");
        }
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> EmbeddedKafka.start(home, port, Ports.free()))
                    .hasMessageContaining("port " + port)
                    .hasMessageContaining("taken");
            assertThat(Files.exists(home.resolve("log"))).isFalse();
        }
    }

    private static void send(String servers) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("topic", "key", "kept")).get();
        }
    }

    private static List<String> read(String servers) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", servers, "group.id", "test", "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("topic"));
            for (int attempt = 0; attempt < 40; attempt++) {
                var records = consumer.poll(Duration.ofMillis(500));
                if (!records.isEmpty()) {
                    List<String> values = new java.util.ArrayList<>();
                    records.forEach(found -> values.add(found.value()));
                    return values;
                }
            }
            return List.of();
        }
    }
}
