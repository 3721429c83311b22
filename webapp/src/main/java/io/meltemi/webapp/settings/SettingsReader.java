package io.meltemi.webapp.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meltemi.model.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads settings: the command line rules over the environment, the environment over the file, the
 * file over the defaults. What is not in the table is refused with the nearest name that is.
 */
public final class SettingsReader {
  private static final String PREFIX = "MELTEMI_";

  /** Variables that are no settings, but read elsewhere. */
  private static final List<String> OTHER_VARIABLES =
      List.of(
          "MELTEMI_ADMIN_PASSWORD",
          "MELTEMI_CONFIG",
          "MELTEMI_JAVA_OPTIONS",
          "MELTEMI_KEPT",
          "MELTEMI_NODE_TOKEN",
          "MELTEMI_URL",
          "MELTEMI_TOKEN",
          "MELTEMI_TENANT");

  private final Map<String, String> given = new HashMap<>();

  private SettingsReader() {}

  /**
   * @param file YAML; empty for none
   * @param environment variables; those which begin with {@code MELTEMI_} count
   * @param flags settings of the command line by name
   * @throws SettingsException with a sentence for the operator
   */
  public static Settings read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    return reader(file, environment, flags).settings();
  }

  /** The variables that make the same settings in another process, in whatever folder it starts. */
  public static Map<String, String> variables(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    SettingsReader reader = reader(file, environment, flags);
    Map<String, String> variables = new HashMap<>();
    for (Setting<?> setting : SettingsTable.ALL) {
      String text = reader.given.get(setting.name());
      if (text != null) {
        variables.put(setting.variable(), reader.absolute(setting, text));
      } else if (reader.value(setting) instanceof Path path) {
        variables.put(setting.variable(), path.toString());
      }
    }
    return variables;
  }

  private String absolute(Setting<?> setting, String text) {
    return switch (value(setting)) {
      case Path path -> path.toString();
      case Optional<?> path when path.isPresent() && path.get() instanceof Path ->
          path.get().toString();
      default -> text;
    };
  }

  private static SettingsReader reader(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    SettingsReader reader = new SettingsReader();
    file.ifPresent(reader::file);
    environment.forEach(reader::variable);
    flags.forEach(reader::put);
    return reader;
  }

  private void file(Path file) {
    try {
      JsonNode root = new YAMLMapper().readTree(Files.readAllBytes(file));
      flatten("", root, file);
    } catch (JacksonException e) {
      throw new SettingsException(file + " is no YAML: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new SettingsException("The settings cannot be read from " + file + ": is it there?");
    }
  }

  private void flatten(String name, JsonNode node, Path file) {
    if (node.isObject()) {
      String prefix = name.isEmpty() ? "" : name + ".";
      node.properties().forEach(entry -> flatten(prefix + entry.getKey(), entry.getValue(), file));
    } else if (node.isArray()) {
      put(
          name,
          StreamSupport.stream(node.spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining(",")));
    } else if (!node.isNull() && !node.isMissingNode()) {
      put(name, node.asText());
    }
  }

  private void variable(String variable, String value) {
    if (!variable.startsWith(PREFIX) || OTHER_VARIABLES.contains(variable)) return;
    Setting<?> setting =
        SettingsTable.ALL.stream()
            .filter(each -> each.variable().equals(variable))
            .findFirst()
            .orElseThrow(() ->
                unknown(
                    "environment variable",
                    variable,
                    SettingsTable.ALL.stream().map(Setting::variable).toList()));
    given.put(setting.name(), value);
  }

  private void put(String name, String value) {
    List<String> names = SettingsTable.ALL.stream().map(Setting::name).toList();
    if (!names.contains(name)) throw unknown("setting", name, names);
    given.put(name, value);
  }

  private static SettingsException unknown(String what, String name, List<String> names) {
    String hint = Nearest.to(name, names).map(near -> " Did you mean " + near + "?").orElse("");
    return new SettingsException("There is no " + what + " " + name + "." + hint);
  }

  private <T> T value(Setting<T> setting) {
    String text = given.getOrDefault(setting.name(), setting.fallback());
    try {
      return setting.parser().apply(text);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "The setting " + setting.name() + " " + e.getMessage() + "; it is '" + text + "'.");
    }
  }

  private Settings settings() {
    return new Settings(
        value(SettingsTable.DATA),
        value(SettingsTable.MASTER_KEY_FILE),
        http(),
        new Settings.Store(
            value(SettingsTable.STORE_URL),
            value(SettingsTable.STORE_USER),
            value(SettingsTable.STORE_PASSWORD_FILE)),
        new Settings.Retention(
            value(SettingsTable.KEEP_JOBS),
            value(SettingsTable.KEEP_EVENTS),
            value(SettingsTable.KEEP_DECISIONS),
            value(SettingsTable.KEEP_KEYS),
            value(SettingsTable.KEEP_FACTS)),
        new Settings.Node(value(SettingsTable.NODE_EMBEDDED), value(SettingsTable.NODE_INSTALL)),
        new Settings.Log(value(SettingsTable.LOG_LEVEL), value(SettingsTable.LOG_JSON)),
        value(SettingsTable.RULE_SETS),
        value(SettingsTable.PLUGINS),
        value(SettingsTable.OUTGOING_ALLOW));
  }

  private Settings.Http http() {
    return new Settings.Http(
        value(SettingsTable.LISTEN),
        value(SettingsTable.PORT),
        value(SettingsTable.PUBLIC_URL),
        value(SettingsTable.HOSTS),
        value(SettingsTable.BEHIND_PROXY),
        value(SettingsTable.CERTIFICATE),
        value(SettingsTable.KEY),
        value(SettingsTable.STREAMS));
  }
}
