package io.meltemi.broker.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of users and tenants. A user's id is {@code users/} and the log-in name, a tenant's
 * {@code tenants/} and its name, so that no name is taken twice. A user's document holds {@code
 * operator}, {@code disabled} and {@code memberships} [{tenant, role}].
 */
public final class Users {
  /** Name of the kind of users' rows. */
  public static final String USER = "User";

  /** Name of the kind of tenants' rows. */
  public static final String TENANT = "Tenant";

  /** The user that the first start makes. */
  public static final String ADMIN = "admin";

  /** The tenant that the first start makes. */
  public static final String FIRST_TENANT = "default";

  private static final Duration FIRST_PASSWORD_LIFE = Duration.ofDays(7);
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  private final Store store;
  private final Passwords passwords;
  private final Clock clock;

  public Users(Store store, Passwords passwords, Clock clock) {
    this.store = store;
    this.passwords = passwords;
    this.clock = clock;
  }

  /**
   * Makes the first user and tenant while there is no user.
   *
   * @param given the operator's choice of a password, which does not expire
   * @return the password that was made up, good for seven days; empty when one was given or users
   *     are there already
   */
  public Optional<String> firstStart(Optional<String> given) {
    if (!store.all(USER).isEmpty()) {
      return Optional.empty();
    }
    String password = given.orElseGet(Users::madeUp);
    ObjectNode admin = document(true, Map.of(FIRST_TENANT, Caller.Role.ADMIN));
    admin.set("_", passwordNode(password, given.isEmpty()));
    store.write(
        Store.EVERYBODY,
        transaction -> {
          transaction.insert(
              row(
                  "tenants/" + FIRST_TENANT,
                  TENANT,
                  FIRST_TENANT,
                  JsonNodeFactory.instance.objectNode()));
          return transaction.insert(row("users/" + ADMIN, USER, ADMIN, admin));
        });
    return given.isPresent() ? Optional.empty() : Optional.of(password);
  }

  /**
   * Gives a user a made-up password, good for seven days.
   *
   * @throws IllegalArgumentException when there is no such user
   */
  public String resetPassword(String name) {
    String password = madeUp();
    ObjectNode inner = passwordNode(password, true);
    store.write(
        Store.EVERYBODY,
        transaction -> {
          Row user =
              transaction
                  .find("users/" + name)
                  .orElseThrow(() -> new IllegalArgumentException("there is no user " + name));
          return transaction.update(user.withInner(inner));
        });
    return password;
  }

  /** What is stored under {@code _} of a user with that password. */
  public ObjectNode passwordNode(String password, boolean expiring) {
    ObjectNode inner = JsonNodeFactory.instance.objectNode();
    inner.set("password", passwords.hash(password));
    if (expiring) {
      inner.put("expires", clock.instant().plus(FIRST_PASSWORD_LIFE).toString());
    }
    return inner;
  }

  /** The user's tenants and roles, in the order of the memberships. */
  public static Map<String, Caller.Role> memberships(Row user) {
    Map<String, Caller.Role> roles = new LinkedHashMap<>();
    for (JsonNode membership : user.document().path("memberships")) {
      roles.put(
          membership.path("tenant").path("href").asText().replace("tenants/", ""),
          Caller.Role.valueOf(membership.path("role").asText("READER")));
    }
    return roles;
  }

  static boolean expired(Row user, Instant now) {
    return expires(user).filter(end -> !now.isBefore(end)).isPresent();
  }

  /** When the user's password expires, if it does. */
  static Optional<Instant> expires(Row user) {
    return Optional.ofNullable(user.inner().path("expires").textValue()).map(Instant::parse);
  }

  private Row row(String id, String kind, String name, ObjectNode document) {
    Instant now = clock.instant();
    return new Row(id, Row.HOUSE, kind, Optional.empty(), name, "", now, now, 1, document);
  }

  private static ObjectNode document(boolean operator, Map<String, Caller.Role> roles) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("operator", operator);
    var memberships = document.putArray("memberships");
    roles.forEach((tenant, role) ->
        memberships
            .addObject()
            .put("role", role.name())
            .putObject("tenant")
            .put("href", "tenants/" + tenant));
    return document;
  }

  private static String madeUp() {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      password.append(i > 0 && i % 5 == 0 ? "-" : "");
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return password.toString();
  }
}
