package dev.paddock.llama.inference.schedule;

import dev.paddock.llama.inference.schedule.Trace.Arrival;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Whatever comes, everybody who stays gets all tokens, each once, within bounds, also where another tenant asks without end. */
class TraceTest {
    private static final int LEAST_CACHE = 200;
    private static final int MOST_PROMPT = 40;

    @Property(tries = 3000)
    void everybodyWhoStaysIsServed(@ForAll("traces") Trace trace) {
        TraceRun run = new TraceRun(trace);
        run.run(200 + 20 * trace.tokens());
        Statistics.label("gave way").collect(run.preempted() > 0).coverage(seen -> seen.check(true)
                .percentage(share -> share > 3));
        Statistics.label("was guessed rightly").collect(run.guessed() > 0).coverage(seen -> seen.check(true)
                .percentage(share -> share > 10));
        Statistics.label("came too late").collect(run.late() > 0).coverage(seen -> seen.check(true)
                .percentage(share -> share > 10));
    }

    @Provide
    Arbitrary<Trace> traces() {
        return Combinators.combine(limits(), drafts(), arrivals(), Arbitraries.of(true, false), Arbitraries.longs())
                .as(Trace::new);
    }

    private static Arbitrary<SchedulerLimits> limits() {
        return Combinators.combine(between(1, 6), between(LEAST_CACHE, 900), between(1, 30), between(1, 9))
                .as((running, cached, step, beside) -> new SchedulerLimits(1000, running, cached, step, beside));
    }

    private static Arbitrary<DraftLimits> drafts() {
        return Combinators.combine(between(0, 4), between(1, 9), between(1, 20)).as(DraftLimits::new);
    }

    private static Arbitrary<List<Arrival>> arrivals() {
        Arbitrary<Integer> rows = Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(1)), Tuple.of(1, between(2, 4)));
        return Combinators.combine(
                        between(0, 60),
                        between(1, MOST_PROMPT),
                        between(1, 150),
                        rows,
                        Arbitraries.of(true, false, false, false),
                        between(0, 2),
                        seldom(60),
                        seldom(60))
                .as(TraceTest::arrival)
                .list()
                .ofMaxSize(20);
    }

    private static Arrival arrival(
            int step, int prompt, int answer, int rows, boolean urgent, int tenant, int deadline, int cancelled) {
        int most = LEAST_CACHE / rows - MOST_PROMPT;
        return new Arrival(step, prompt, Math.min(answer, most), rows, urgent, tenant, deadline, cancelled);
    }

    private static Arbitrary<Integer> between(int least, int most) {
        return Arbitraries.integers().between(least, most);
    }

    /** 0 in most cases. */
    private static Arbitrary<Integer> seldom(int most) {
        return Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.just(0)), Tuple.of(1, between(1, most)));
    }
}
