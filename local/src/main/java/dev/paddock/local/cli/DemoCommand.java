package dev.paddock.local.cli;

import dev.paddock.local.client.RestApi;
import dev.paddock.local.demo.Answers;
import dev.paddock.local.demo.Answers.Reply;
import dev.paddock.local.demo.Demo;
import dev.paddock.local.demo.Demo.DemoPlan;
import dev.paddock.local.demo.DemoMaterial;
import dev.paddock.local.demo.DemoRunFile;
import dev.paddock.local.demo.DemoVerdict;
import dev.paddock.local.demo.Provenance;
import dev.paddock.local.demo.TicketGenerator;
import dev.paddock.local.home.Home;
import dev.paddock.local.home.UserError;
import dev.paddock.local.suite.SuiteControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows the whole road once. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Takes a fictional company's handbook and tickets the whole road: dataset version, LoRA training, evaluation, "
                    + "four-eyes approval, deployment, guarded answers, lineage. Starts the suite if needed and leaves it running.",
            "Cut short and started again it goes on where it was."
        })
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--report", paramLabel = "FILE", description = "Write what was shown as JSON.")
    private @Nullable Path reportFile;

    @Option(names = "--fresh", description = "Begin a new run instead of going on with the last one.")
    private boolean fresh;

    @Option(names = "--tiny", description = "Adapt the tiny model that comes with the suite, not the default base.")
    private boolean tiny;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        OutputFile.requireFolder("--report", reportFile);
        Console console = new Console(spec.commandLine().getOut());
        ConsoleScreen screen = new ConsoleScreen(console);
        Home home = Home.fromEnvironment();
        SuiteControl control = new SuiteControl(home);
        screen.stage("start");
        long begin = System.nanoTime();
        StartCommand.start(control, home, console);
        double startSeconds = (System.nanoTime() - begin) / 1e9;
        LocalSuite suite = LocalSuite.running();
        String asked = tiny ? DemoRunFile.TINY_BASE : DemoRunFile.DEFAULT_BASE;
        DemoBase base = DemoBase.of(suite, console, asked, fresh);
        DemoMaterial material = DemoMaterial.of(handbook(), base.rows());
        String run = DemoRunFile.of(home, base.plan(), material, asked, fresh);
        Demo demo = new Demo(run, suite::as, screen, material, base.plan());
        demo.startTook(startSeconds);
        demo.versions();
        boolean held;
        try {
            held = road(suite, demo, screen, base.plan());
        } finally {
            write(demo);
        }
        screen.line(
                held
                        ? "\nEverything held. The suite is left running.\nThe portal is at " + suite.gateway()
                                + "/ : sign in as auditor (or steward, engineer, approver, safety, platform); the password is the one that "
                                + home.secrets() + " names for that user."
                        : "\nNot everything held: "
                                + DemoVerdict.of(
                                        demo.report().json(), base.plan().accuracyBar()));
        return held ? 0 : 1;
    }

    private boolean road(LocalSuite suite, Demo demo, ConsoleScreen screen, DemoPlan plan) {
        JsonNode dataset = demo.publish();
        JsonNode job = demo.train(dataset.path("id").asString());
        JsonNode evaluation = demo.evaluate(job.path("id").asString());
        String versionId = evaluation.path("versionId").asString();
        demo.approve(versionId);
        demo.deploy(versionId);
        try (ApplicationKey key = ApplicationKey.create(suite)) {
            Answers answers = new Answers(demo, new RestApi(suite.gateway(), key::value), screen);
            Reply reply = answers.ask(plan.baseName(), versionId, TicketGenerator.SYSTEM, TicketGenerator.UNSEEN);
            boolean lineage = new Provenance(demo, suite.as("auditor"), screen).walk(reply.id(), versionId);
            return lineage
                    && DemoVerdict.of(demo.report().json(), plan.accuracyBar()).isEmpty();
        }
    }

    /** A key that lives as long as the demonstration's questions, and a day at most when that is killed. */
    private record ApplicationKey(String id, String value, LocalSuite suite) implements AutoCloseable {
        static ApplicationKey create(LocalSuite suite) {
            JsonNode key = suite.as("platform")
                    .post(
                            "/api/v1/keys",
                            Map.of("name", "demo", "expiresIn", "P1D"),
                            UUID.randomUUID().toString());
            return new ApplicationKey(
                    key.path("id").asString(), key.path("value").asString(), suite);
        }

        @Override
        public void close() {
            suite.as("platform").delete("/api/v1/keys/" + id);
        }
    }

    private static Path handbook() {
        String checkout = System.getenv("PADDOCK_CHECKOUT");
        return Path.of(checkout == null ? "." : checkout, "examples", "company", "handbook");
    }

    private void write(Demo demo) {
        if (reportFile == null) {
            return;
        }
        try {
            Files.writeString(reportFile, demo.report().json());
        } catch (IOException e) {
            throw new UserError("cannot write the report to " + reportFile + ": " + e.getMessage(), e);
        }
    }
}
