package io.meltemi.webapp;

import io.meltemi.broker.identity.Passwords;
import io.meltemi.broker.identity.Users;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.StoreException;
import io.meltemi.webapp.root.ServiceUser;
import io.meltemi.webapp.settings.Settings;
import io.meltemi.webapp.settings.SettingsException;
import io.meltemi.webapp.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meltemi admin}: what an operator does at a folder that nobody serves. */
@Command(
    name = "admin",
    description = "Works on the data folder of a broker that is stopped.",
    mixinStandardHelpOptions = true)
public final class AdminCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Gives a user a new password. */
  @Command(name = "reset-password", description = "Gives a user a new password, good for 7 days.")
  public int resetPassword(
      @Parameters(index = "0", defaultValue = "admin", description = "Name, admin if absent.")
          String user,
      @Option(names = "--data", paramLabel = "DIR") @Nullable String data,
      @Option(names = "--config", paramLabel = "FILE") @Nullable Path config) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Map<String, String> flags = new HashMap<>();
      if (data != null) flags.put("data", data);
      Settings settings = SettingsReader.read(Optional.ofNullable(config), System.getenv(), flags);
      Logs.console(new Settings.Log("error", false));
      String password = reset(settings, user);
      out.println("user " + user + ", new password " + password + " (good for 7 days)");
      out.flush();
      return 0;
    } catch (SettingsException | StartException e) {
      return failed(e.getMessage());
    } catch (StoreException e) {
      return failed(e.getMessage() + " " + e.remedy());
    } catch (IOException e) {
      return failed("The data folder cannot be closed: " + e.getMessage());
    }
  }

  private int failed(@Nullable String message) {
    spec.commandLine().getErr().println(message);
    return 1;
  }

  /** Replicas on PostgreSQL may run meanwhile; the embedded store has one process at a time. */
  private static String reset(Settings settings, String user) throws IOException {
    if (settings.store().url().isPresent()) return reset(settings, settings.data(), user);
    if (!DataFolder.used(settings.data())) {
      throw new StartException(
          "There is no data folder at " + settings.data() + "; name yours with --data.");
    }
    UserPrincipal owner = Files.getOwner(settings.data().resolve("store"));
    try (DataFolder folder = DataFolder.take(settings.data())) {
      return reset(settings, folder.store(), user);
    } finally {
      ServiceUser.give(settings.data().resolve("store"), owner); // root may have made files there
    }
  }

  private static String reset(Settings settings, Path folder, String user) {
    Clock clock = Clock.systemUTC();
    try (Store store = Books.open(settings, folder, BrokerKinds.all(), clock)) {
      return new Users(store, new Passwords(PATIENCE), clock).resetPassword(user);
    } catch (IllegalArgumentException e) {
      throw new StartException(
          "There is no user " + user + "; name one, or none for " + Users.ADMIN + ".", e);
    }
  }
}
