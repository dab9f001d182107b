package dev.paddock.kit.outbox;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A relay in a process of its own that stands still once the broker has acknowledged {@value #SENT} events and none of them
 * has left the table, says so, and waits to be killed. Arguments: JDBC URL, schema (its role's name too), bootstrap servers;
 * the password stands in the environment.
 */
final class RelayProcess {
    static final int SENT = 3;
    static final String PASSWORD = "RELAY_PASSWORD";
    static final String STANDS_STILL = "sent, and nothing deleted";

    private RelayProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        DriverManagerDataSource database =
                new DriverManagerDataSource(arguments[0], arguments[1], System.getenv(PASSWORD));
        database.setSchema(arguments[1]);
        Map<String, Object> settings = Map.of("bootstrap.servers", arguments[2], "acks", "all");
        Producer<String, String> kafka = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        OutboxRelay relay = new OutboxRelay(
                JdbcClient.create(database),
                new TransactionTemplate(new JdbcTransactionManager(database)),
                new KafkaSender(standingStill(kafka)),
                new RelaySignal(),
                arguments[1]);
        relay.start();
        Thread.sleep(Duration.ofMinutes(5).toMillis());
    }

    @SuppressWarnings("unchecked")
    private static Producer<String, String> standingStill(Producer<String, String> kafka) {
        AtomicInteger acknowledged = new AtomicInteger();
        return (Producer<String, String>) Proxy.newProxyInstance(
                RelayProcess.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, given) -> {
                    try {
                        if (method.getName().equals("send") && given.length == 2) {
                            return kafka.send(
                                    (ProducerRecord<String, String>) given[0],
                                    counting(acknowledged, (Callback) given[1]));
                        }
                        return method.invoke(kafka, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Callback counting(AtomicInteger acknowledged, Callback callback) {
        return (metadata, failure) -> {
            if (failure == null && acknowledged.incrementAndGet() == SENT) {
                System.out.println(STANDS_STILL);
                try {
                    Thread.sleep(Duration.ofMinutes(5).toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            callback.onCompletion(metadata, failure);
        };
    }
}
