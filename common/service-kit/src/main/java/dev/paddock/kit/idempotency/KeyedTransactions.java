package dev.paddock.kit.idempotency;

import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions that last as long as their request. Each holds a connection and may need a second one for a transaction of its
 * own inside, so at most half of the pool runs at a time; the others wait for their turn without a connection.
 */
final class KeyedTransactions {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TransactionTemplate transaction;
    private final Semaphore turns;

    KeyedTransactions(TransactionTemplate transaction, int atATime) {
        this.transaction = transaction;
        this.turns = new Semaphore(atATime, true);
    }

    void run(Consumer<TransactionStatus> work) {
        takeTurn();
        try {
            transaction.executeWithoutResult(work);
        } finally {
            turns.release();
        }
    }

    private void takeTurn() {
        try {
            if (turns.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(
                CommonProblem.UNAVAILABLE, "other requests with a key are being worked on: try again in a second");
    }
}
