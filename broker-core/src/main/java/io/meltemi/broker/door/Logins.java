package io.meltemi.broker.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.door.Blueprints.Blueprint;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.pivot.MachineOrder.Login;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads credentials (R106): a public key as its line, as the line's bytes in hexadecimal, or among
 * the parameters under the names that other clouds use.
 */
final class Logins {
  private static final Pattern KEY =
      Pattern.compile("(ssh-|ecdsa-|sk-)[A-Za-z0-9@.-]+ [A-Za-z0-9+/=]+( .*)?");

  /** Parameters in which something is looked for. */
  private static final Set<String> PARAMETERS =
      Set.of("userName", "username", "password", "publicKey", "key");

  private final Kinds kinds;
  private final Blueprints blueprints;
  private final Sealer sealer;

  Logins(Kinds kinds, Blueprints blueprints, Sealer sealer) {
    this.kinds = kinds;
    this.blueprints = blueprints;
    this.sealer = sealer;
  }

  /**
   * A credential understood.
   *
   * @param unmet what else it says, by paths in the template
   */
  record Understood(Optional<Login> login, Map<String, String> unmet) {}

  /** Who may log in; nobody when no credential is given. */
  Understood of(Caller caller, Face face, JsonNode given, String field) {
    if (given.isMissingNode() || given.isNull()) {
      return new Understood(Optional.empty(), Map.of());
    }
    Blueprint credential = blueprints.read(caller, face, kinds.get("Credential"), given, field);
    ObjectNode values = credential.values();
    Optional<String> password =
        text(values, "password")
            .or(() -> parameter(values, "password"))
            .or(() -> kept(credential, given));
    Login login =
        new Login(
            text(values, "userName")
                .or(() -> parameter(values, "userName"))
                .or(() -> parameter(values, "username")),
            password,
            publicKey(values, field));
    return new Understood(Optional.of(login), unmet(values));
  }

  private static Map<String, String> unmet(ObjectNode credential) {
    Map<String, String> unmet = new LinkedHashMap<>();
    credential
        .path("parameters")
        .propertyStream()
        .map(Map.Entry::getKey)
        .filter(name -> !PARAMETERS.contains(name))
        .forEach(name -> unmet.put("credential.parameters." + name, "given"));
    return unmet;
  }

  /** The password of the credential that was referred to, unless the order erases it. */
  private Optional<String> kept(Blueprint credential, JsonNode given) {
    return given.has("password")
        ? Optional.empty()
        : credential.row().flatMap(row -> sealer.open(row, "password"));
  }

  /** The line of the public key; 400 when what is given is none. */
  static Optional<String> publicKey(ObjectNode values, String field) {
    Optional<Given> given =
        text(values, "publicKey")
            .map(line -> new Given("publicKey", line))
            .or(() -> text(values, "key").map(bytes -> new Given("key", decoded(bytes))))
            .or(() -> keyAmongParameters(values, "publicKey"))
            .or(() -> keyAmongParameters(values, "key"));
    given
        .filter(key -> !KEY.matcher(key.line()).matches())
        .ifPresent(key -> {
          throw Refusals.attribute(
              "value",
              field.isEmpty() ? key.name() : field + "." + key.name(),
              "The public key is not one line in OpenSSH form.",
              "Give the line of the .pub file as publicKey, or its bytes in hexadecimal as"
                  + " key.");
        });
    return given.map(Given::line);
  }

  /** The line of a key, and under which name it came. */
  private record Given(String name, String line) {
    Given {
      line = line.strip();
    }
  }

  private static Optional<Given> keyAmongParameters(ObjectNode values, String name) {
    return parameter(values, name).map(line -> new Given("parameters." + name, line));
  }

  private static String decoded(String hexadecimal) {
    return new String(HexFormat.of().parseHex(hexadecimal), UTF_8);
  }

  private static Optional<String> text(JsonNode values, String name) {
    return Optional.ofNullable(values.path(name).textValue()).filter(each -> !each.isEmpty());
  }

  private static Optional<String> parameter(ObjectNode values, String name) {
    return text(values.path("parameters"), name);
  }
}
