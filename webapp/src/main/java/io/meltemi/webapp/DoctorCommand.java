package io.meltemi.webapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code meltemi doctor}: what the providers of a running broker have against what it knows. */
@Command(
    name = "doctor",
    description = {
      "Asks a running broker for what its accounts and its store do not agree on:",
      "orphans, twins and drift. Changes nothing without --remove."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:nothing was found",
      "1:the broker, or one of its accounts, could not be asked",
      "2:wrong usage",
      "3:something was found and is still there",
      "4:all that was found was removed, and is gone"
    })
public final class DoctorCommand implements Callable<Integer> {
  private static final int BLIND = 1;
  private static final int LEFT = 3;
  private static final int REMOVED = 4;
  private static final String FINDINGS = "/broker/1/findings";

  /** Gone meanwhile, not yet proven at that replica, or no answer now: the next look tells. */
  private static final Set<Integer> PASSING = Set.of(404, 409, 503);

  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--remove",
      description = "Removes orphans at their providers once they are proven to be nobody's.")
  private boolean remove;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description =
          "How long --remove looks on: an orphan is proven within some 10 s, and providers take"
              + " their time to remove it. 60 if absent.")
  private int patience = 60;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table or json, table if absent.")
  private DoctorReport.Format format = DoctorReport.Format.TABLE;

  @Mixin private ProfileOption profile = new ProfileOption();

  @Override
  public Integer call() throws InterruptedException {
    DoctorReport report = new DoctorReport();
    try (RunningBroker broker = profile.broker()) {
      operator(broker);
      report.sees(findings(broker));
      if (remove) remove(broker, report, Duration.ofSeconds(patience));
    } catch (StartException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return BLIND;
    }
    report.print(format, spec.commandLine().getOut());
    if (report.blind()) return BLIND;
    if (report.somethingLeft()) return LEFT;
    return report.removedSome() ? REMOVED : 0;
  }

  /** Looks until each orphan is gone, was refused or is given up. */
  private static void remove(RunningBroker broker, DoctorReport report, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (String id : report.removable()) remove(broker, report, id);
    while (report.waits() && System.nanoTime() < end) {
      Thread.sleep(PAUSE);
      report.sees(findings(broker));
      for (String id : report.removable()) remove(broker, report, id);
    }
  }

  private static void remove(RunningBroker broker, DoctorReport report, String id)
      throws InterruptedException {
    RunningBroker.Answer answer = broker.delete(FINDINGS + "/" + id);
    if (answer.good()) {
      report.accepted(id);
    } else if (!PASSING.contains(answer.status())) {
      report.kept(id, answer.words());
    }
  }

  private static List<JsonNode> findings(RunningBroker broker) throws InterruptedException {
    List<JsonNode> findings = new ArrayList<>();
    broker.get(FINDINGS).wanted().path("findings").forEach(findings::add);
    return findings;
  }

  /** For others the list of findings is empty, which must not be taken for good health. */
  private static void operator(RunningBroker broker) throws InterruptedException {
    JsonNode accounts = broker.get("/broker/1/accounts").wanted();
    if (!DoctorReport.offers(accounts, "add")) {
      throw new StartException(
          "The broker tells its findings to those who run the house only; use the token of an"
              + " operator who may change things, with --profile.");
    }
  }
}
