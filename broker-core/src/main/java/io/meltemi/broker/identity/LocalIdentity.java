package io.meltemi.broker.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.meltemi.broker.Caller;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Log-in with the users and API tokens of the store. A header that was found good is remembered for
 * at most five seconds, as a keyed hash whose key is in memory only, and counts only while the rows
 * that it was checked against are still the same.
 */
public final class LocalIdentity implements Identity {
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private final Store store;
  private final Passwords passwords;
  private final ApiTokens tokens;
  private final Throttle throttle;
  private final Clock clock;
  private final SecretKey key = freshKey();
  private final Cache<String, Who> remembered =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(REMEMBERED).build();

  public LocalIdentity(Store store, Passwords passwords, ApiTokens tokens, Clock clock) {
    this.store = store;
    this.passwords = passwords;
    this.tokens = tokens;
    this.throttle = new Throttle(clock);
    this.clock = clock;
  }

  private static SecretKey freshKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new SecretKeySpec(key, "HmacSHA256");
  }

  /**
   * Who a header names, before a tenant is chosen.
   *
   * @param callers whom it may be, by tenant; the first where no tenant is named
   * @param until when password or token expires
   * @param basis the rows of user and tokens that say so, as they were
   */
  private record Who(Map<String, Caller> callers, Optional<Instant> until, List<Row> basis) {
    static Who of(
        Row user,
        Map<String, Caller.Role> roles,
        boolean operator,
        Optional<Caller.Token> token,
        Optional<Instant> until,
        List<Row> basis) {
      Set<String> tenants = Set.copyOf(roles.keySet());
      Map<String, Caller> callers = new LinkedHashMap<>();
      roles.forEach((tenant, role) ->
          callers.put(tenant, new Caller(user.id(), tenant, role, tenants, operator, token)));
      return new Who(callers, until, basis);
    }
  }

  @Override
  public Standing standing(Optional<String> authorization, Optional<String> tenantHeader) {
    String header = authorization.orElseThrow(() -> unknown("no credentials were given"));
    String hash = hash(header);
    Who who = known(hash).orElseGet(() -> verify(header, hash));
    return new Standing(caller(who, tenantHeader), () -> current(who));
  }

  private Optional<Who> known(String hash) {
    return Optional.ofNullable(remembered.getIfPresent(hash)).filter(this::current);
  }

  private boolean current(Who who) {
    if (who.until().filter(until -> !clock.instant().isBefore(until)).isPresent()) {
      return false;
    }
    for (Row row : who.basis()) {
      Optional<Row> now = store.read(Store.EVERYBODY, row.id());
      if (now.isEmpty() || now.get().generation() != row.generation()) return false;
    }
    return true;
  }

  private static Caller caller(Who who, Optional<String> wanted) {
    if (who.callers().isEmpty()) {
      throw Problem.of(
              403,
              "identity.no-tenant",
              "the user belongs to no tenant",
              "ask an operator to add a membership")
          .asException();
    }
    String tenant = wanted.orElseGet(() -> who.callers().keySet().iterator().next());
    Caller caller = who.callers().get(tenant);
    if (caller == null) {
      throw Problem.of(
              403,
              "identity.tenant",
              "these credentials do not act for the tenant " + tenant,
              "name one of " + who.callers().keySet())
          .at("Meltemi-Tenant")
          .asException();
    }
    return caller;
  }

  private Who verify(String header, String hash) {
    int blank = header.indexOf(' ');
    String scheme = blank < 0 ? header : header.substring(0, blank);
    String rest = header.substring(blank + 1).strip();
    if (scheme.equalsIgnoreCase("Basic")) {
      return basic(rest, hash);
    }
    if (scheme.equalsIgnoreCase("Bearer")) {
      return remembered(hash, token(rest));
    }
    throw unknown("the authorization scheme is neither Basic nor Bearer");
  }

  private Who remembered(String hash, Who who) {
    remembered.put(hash, who);
    return who;
  }

  /**
   * One at a time for each name, so that tries sent together are counted like tries in a row, and a
   * right password sent many times at once is checked once.
   */
  private Who basic(String encoded, String hash) {
    String pair = decoded(encoded);
    int colon = pair.indexOf(':');
    if (colon < 0) {
      throw unknown("the Basic credentials have no colon");
    }
    String name = pair.substring(0, colon);
    String password = pair.substring(colon + 1);
    return throttle.inTurn(
        name, () -> known(hash).orElseGet(() -> remembered(hash, checked(name, password))));
  }

  private Who checked(String name, String password) {
    throttle.check(name);
    Optional<Row> user = user("users/" + name);
    boolean good =
        user.flatMap(LocalIdentity::passwordOf)
            .map(stored -> passwords.matches(password, stored))
            .orElseGet(() -> nobody(password));
    if (!good) {
      throttle.failed(name);
      throw unknown("the name or the password is wrong");
    }
    throttle.succeeded(name);
    Row row = user.orElseThrow();
    if (Users.expired(row, clock.instant())) {
      throw Problem.of(
              401,
              "identity.expired",
              "the password of " + name + " has expired",
              "run 'meltemi admin reset-password' on the server")
          .asException();
    }
    boolean operator = row.document().path("operator").asBoolean();
    List<Row> basis = new ArrayList<>(List.of(row));
    Map<String, Caller.Role> roles = roles(row, basis);
    return Who.of(row, roles, operator, Optional.empty(), Users.expires(row), basis);
  }

  /** The memberships in tenants that are there, whose rows join the basis. */
  private Map<String, Caller.Role> roles(Row user, List<Row> basis) {
    Map<String, Caller.Role> roles = new LinkedHashMap<>();
    Users.memberships(user)
        .forEach((tenant, role) ->
            store
                .read(Store.EVERYBODY, "tenants/" + tenant)
                .ifPresent(row -> {
                  basis.add(row);
                  roles.put(tenant, role);
                }));
    return roles;
  }

  private static Optional<ObjectNode> passwordOf(Row user) {
    return user.inner().path("password") instanceof ObjectNode stored
        ? Optional.of(stored)
        : Optional.empty();
  }

  private boolean nobody(String password) {
    passwords.matchesNobody(password);
    return false;
  }

  private Who token(String text) {
    Row token =
        ApiTokens.rowOf(text)
            .flatMap(id -> store.read(Store.EVERYBODY, id))
            .filter(row -> tokens.valid(text, row))
            .orElseThrow(() -> unknown("the token is unknown, revoked or expired"));
    Row user =
        user(token.document().path("user").path("href").asText())
            .orElseThrow(() -> unknown("the token's user is gone or disabled"));
    Caller.Role granted = Caller.Role.valueOf(token.document().path("role").asText());
    List<Row> basis = new ArrayList<>(List.of(user, token));
    Caller.Role held = roles(user, basis).get(token.tenant());
    Map<String, Caller.Role> roles = new LinkedHashMap<>();
    if (held != null) {
      roles.put(token.tenant(), granted.compareTo(held) >= 0 ? granted : held);
    }
    boolean operator =
        token.document().path("operator").asBoolean()
            && user.document().path("operator").asBoolean();
    Instant expires = ApiTokens.expires(token);
    basis.addAll(makers(token));
    return Who.of(
        user,
        roles,
        operator,
        Optional.of(new Caller.Token(token.id(), expires)),
        Optional.of(expires),
        basis);
  }

  /** The tokens that a token was made with, from hand to hand: it ends with each of them. */
  private List<Row> makers(Row token) {
    List<Row> makers = new ArrayList<>();
    JsonNode maker = token.inner().path("maker");
    while (maker.isTextual()) {
      Row row =
          store
              .read(Store.EVERYBODY, maker.asText())
              .orElseThrow(() -> unknown("the token is unknown, revoked or expired"));
      makers.add(row);
      maker = row.inner().path("maker");
    }
    return makers;
  }

  private Optional<Row> user(String id) {
    return store
        .read(Store.EVERYBODY, id)
        .filter(row -> row.kind().equals(Users.USER))
        .filter(row -> !row.document().path("disabled").asBoolean());
  }

  private static String decoded(String encoded) {
    try {
      return new String(Base64.getDecoder().decode(encoded), UTF_8);
    } catch (IllegalArgumentException e) {
      throw unknown("the Basic credentials are not Base64");
    }
  }

  private static ProblemException unknown(String message) {
    return Problem.of(
            401,
            "identity.unknown",
            message,
            "send 'Authorization: Basic …' with name and password, or 'Bearer …' with an API token")
        .at("Authorization")
        .asException();
  }

  private String hash(String header) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Base64.getEncoder().encodeToString(mac.doFinal(header.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
