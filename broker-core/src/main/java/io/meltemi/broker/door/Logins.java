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
import java.util.Optional;

/**
 * Reads credentials (R106): a public key as its line, as the line's bytes in hexadecimal, or among
 * the parameters under the names that other clouds use.
 */
final class Logins {
  private final Kinds kinds;
  private final Blueprints blueprints;
  private final Sealer sealer;

  Logins(Kinds kinds, Blueprints blueprints, Sealer sealer) {
    this.kinds = kinds;
    this.blueprints = blueprints;
    this.sealer = sealer;
  }

  /** Who may log in; empty when no credential is given. */
  Optional<Login> of(Caller caller, Face face, JsonNode given, String field) {
    if (given.isMissingNode() || given.isNull()) {
      return Optional.empty();
    }
    Blueprint credential = blueprints.read(caller, face, kinds.get("Credential"), given, field);
    ObjectNode values = credential.values();
    Optional<String> password =
        text(values, "password")
            .or(() -> parameter(values, "password"))
            .or(() -> kept(credential, given));
    return Optional.of(
        new Login(
            text(values, "userName")
                .or(() -> parameter(values, "userName"))
                .or(() -> parameter(values, "username")),
            password,
            publicKey(values, field)));
  }

  /** The password of the credential that was referred to, unless the order erases it. */
  private Optional<String> kept(Blueprint credential, JsonNode given) {
    return given.has("password")
        ? Optional.empty()
        : credential.row().flatMap(row -> sealer.open(row, "password"));
  }

  /** The line of the public key; 400 when what is given is none. */
  static Optional<String> publicKey(ObjectNode values, String field) {
    Optional<String> line =
        text(values, "publicKey")
            .or(() -> text(values, "key").map(Logins::decoded))
            .or(() -> parameter(values, "publicKey"))
            .or(() -> parameter(values, "key"))
            .map(String::strip);
    line.filter(each -> !each.matches("(ssh-|ecdsa-|sk-)[A-Za-z0-9@.-]+ [A-Za-z0-9+/=]+( .*)?"))
        .ifPresent(each -> {
          throw Refusals.attribute(
              "value",
              field.isEmpty() ? "key" : field + ".key",
              "The public key is not one line in OpenSSH form.",
              "Give the line of the .pub file as publicKey, or its bytes in hexadecimal as"
                  + " key.");
        });
    return line;
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
