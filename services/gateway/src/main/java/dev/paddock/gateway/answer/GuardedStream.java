package dev.paddock.gateway.answer;

import dev.paddock.contracts.guard.Verdict;
import dev.paddock.contracts.inference.CompletionChunk;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.gateway.internal.RefusedException;
import dev.paddock.kit.connection.CallerGoneException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One streamed answer: pieces wait in their window until the guard has judged all text up to the window's end. */
final class GuardedStream {
    private final Asker asker;
    private final JudgedQuestion judged;
    private final Guard guard;
    private final AnswerListener listener;
    private final AnswerRecords records;
    private final AnswerTranscript transcript;
    private final int windowTokens;
    private final Map<Integer, Window> windows = new TreeMap<>();
    private boolean opened;
    private boolean finished;
    private int received;
    private @Nullable TokenUsage usage;

    GuardedStream(
            Asker asker,
            JudgedQuestion judged,
            Guard guard,
            AnswerListener listener,
            AnswerRecords records,
            int windowTokens) {
        this.asker = asker;
        this.judged = judged;
        this.guard = guard;
        this.listener = listener;
        this.records = records;
        this.windowTokens = windowTokens;
        this.transcript = new AnswerTranscript(judged);
    }

    void run(ChunkStream chunks) {
        try {
            relay(chunks);
        } catch (CallerGoneException e) {
            record(AnswerTranscript.CANCELLED);
            throw e;
        } catch (RefusedException e) {
            record(AnswerTranscript.ERROR);
            throw WorkerRefusals.translate(e, judged.question());
        } catch (IOException e) {
            record(AnswerTranscript.ERROR);
            throw Worker.away(e);
        } catch (RuntimeException e) {
            record(AnswerTranscript.ERROR);
            throw e;
        }
    }

    /** What the answer has used so far. */
    TokenUsage usage() {
        return usage == null ? judged.usage(received) : usage;
    }

    List<String> finishReasons() {
        return transcript.finishReasons();
    }

    private void relay(ChunkStream chunks) throws IOException, RefusedException {
        CompletionChunk chunk;
        while (!allWithheld() && (chunk = chunks.next()) != null) {
            received++;
            usage = chunk.usage() == null ? usage : chunk.usage();
            accept(chunk);
        }
        requireFinished();
        open();
        finish();
        for (Map.Entry<Integer, Window> window : windows.entrySet()) {
            listener.finished(
                    window.getKey(),
                    window.getValue().finishReason(),
                    window.getValue().adapters());
        }
        listener.done(usage());
    }

    private void accept(CompletionChunk chunk) {
        int index = judged.question().choice(chunk.prompt(), chunk.index());
        Window window = windows.computeIfAbsent(index, choice -> new Window(chunk.prompt()));
        if (window.closed()) {
            return;
        }
        window.hold(chunk);
        if (window.full(windowTokens) || chunk.finishReason() != null) {
            judge(index, window);
        }
    }

    private void judge(int index, Window window) {
        Question question = judged.question();
        String generated = question.judged(window.prompt(), window.text(), window.tokens(), window.calls());
        Verdict verdict = generated.isEmpty()
                ? judged.verdict()
                : guard.judgeOutput(
                        asker.tenant(),
                        judged.head().policy().policyId(),
                        question.conversation(window.prompt()),
                        generated);
        if (!generated.isEmpty()) {
            transcript.judged(verdict);
        }
        open();
        if (verdict.safe()) {
            release(index, window);
        } else {
            window.withhold();
            transcript.finish(index, AnswerChoice.CONTENT_FILTER);
            listener.refusal(index, Refusals.output(verdict));
        }
    }

    private void release(int index, Window window) {
        for (CompletionChunk chunk : window.release()) {
            transcript.said(
                    index, chunk.text() + ToolTexts.kept(Objects.requireNonNullElse(chunk.toolCalls(), List.of())));
            listener.piece(index, chunk);
        }
        if (window.closed()) {
            transcript.finish(index, window.finishReason());
        }
    }

    /** The answer is on record before anything of it leaves. */
    private void open() {
        if (!opened) {
            records.store(asker, judged, transcript);
            opened = true;
            listener.open(judged.head());
        }
    }

    private boolean allWithheld() {
        return all(Window::withheld);
    }

    private boolean all(Predicate<Window> state) {
        return windows.size() == judged.question().choices()
                && windows.values().stream().allMatch(state);
    }

    /** A choice that the worker left without an end has text in a window that was never judged. */
    private void requireFinished() throws IOException {
        if (!all(Window::closed)) {
            throw new IOException("the worker ended its stream before every choice had its end");
        }
    }

    /** Writes down what left of an answer that did not reach its end; nothing left, nothing to write. */
    private void record(String reason) {
        if (opened && !finished) {
            transcript.interrupted(reason);
            finish();
        }
    }

    private void finish() {
        records.finish(asker, judged, transcript);
        finished = true;
    }
}
