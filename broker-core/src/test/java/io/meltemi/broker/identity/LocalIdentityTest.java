package io.meltemi.broker.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.broker.Caller;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.store.HandClock;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Stores;
import io.meltemi.model.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalIdentityTest {
  private final HandClock clock = new HandClock();
  private final Store store = Stores.memory(BrokerKinds.all(), clock);
  private final Passwords passwords = new Passwords(Duration.ofSeconds(10));
  private final Users users = new Users(store, passwords, clock);
  private final ApiTokens tokens = new ApiTokens(clock);
  private final LocalIdentity identity = new LocalIdentity(store, passwords, tokens, clock);

  @BeforeEach
  void firstStart() {
    users.firstStart(Optional.of("correct horse"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void theFirstUserIsAdminOfTheFirstTenantAndOperator() {
    Caller caller = logIn("admin", "correct horse");

    assertThat(caller.user()).isEqualTo("users/admin");
    assertThat(caller.tenant()).isEqualTo("default");
    assertThat(caller.role()).isEqualTo(Caller.Role.ADMIN);
    assertThat(caller.operator()).isTrue();
  }

  @Test
  void aPasswordOfOursIsMadeUpOnceAndExpiresAfterAWeek() {
    try (Store fresh = Stores.memory(BrokerKinds.all(), clock)) {
      Users newcomers = new Users(fresh, passwords, clock);
      String password = newcomers.firstStart(Optional.empty()).orElseThrow();
      LocalIdentity door = new LocalIdentity(fresh, passwords, tokens, clock);
      assertThat(newcomers.firstStart(Optional.empty())).isEmpty();
      assertThat(door.authenticate(basic("admin", password), Optional.empty())).isNotNull();

      clock.forward(Duration.ofDays(7));
      LocalIdentity later = new LocalIdentity(fresh, passwords, tokens, clock);

      assertRefused(
          401,
          "identity.expired",
          () -> later.authenticate(basic("admin", password), Optional.empty()));
    }
  }

  @Test
  void aWrongPasswordAndAnUnknownUserGetTheSameAnswer() {
    assertRefused(401, "identity.unknown", () -> logIn("admin", "wrong horse"));
    assertRefused(401, "identity.unknown", () -> logIn("nobody", "wrong horse"));
  }

  @Test
  void wrongLogInsAreSlowedAlsoForNamesThatNobodyHas() {
    for (String name : new String[] {"admin", "nobody"}) {
      for (int i = 0; i < 5; i++) {
        assertRefused(401, "identity.unknown", () -> logIn(name, "wrong horse"));
      }
      assertRefused(429, "identity.slowed", () -> logIn(name, "wrong horse"));
    }

    clock.forward(Duration.ofSeconds(2));

    assertThat(logIn("admin", "correct horse")).isNotNull();
  }

  @Test
  void aChangedPasswordEndsTheOldOneAtOnce() {
    logIn("admin", "correct horse");

    String fresh = users.resetPassword("admin");

    assertRefused(401, "identity.unknown", () -> logIn("admin", "correct horse"));
    assertThat(logIn("admin", fresh)).isNotNull();
  }

  @Test
  void aTokenActsForItsTenantWithItsRoleUntilItExpires() {
    String text = issue(Caller.Role.READER);

    Caller caller = bearer(text, Optional.empty());

    assertThat(caller.role()).isEqualTo(Caller.Role.READER);
    assertThat(caller.operator()).isFalse();
    assertRefused(403, "identity.tenant", () -> bearer(text, Optional.of("other")));
    clock.forward(Duration.ofHours(2));
    assertRefused(
        401,
        "identity.unknown",
        () ->
            new LocalIdentity(store, passwords, tokens, clock)
                .authenticate(Optional.of("Bearer " + text), Optional.empty()));
  }

  @Test
  void aRevokedTokenIsRefusedAtOnce() {
    String text = issue(Caller.Role.MEMBER);
    bearer(text, Optional.empty());

    store.write(
        Store.EVERYBODY,
        transaction -> {
          Row row = transaction.find(ApiTokens.rowOf(text).orElseThrow()).orElseThrow();
          transaction.delete(row);
          return row;
        });

    assertRefused(401, "identity.unknown", () -> bearer(text, Optional.empty()));
  }

  @Test
  void aNarrowTokenCannotMakeAWiderOne() {
    Caller reader = bearer(issue(Caller.Role.READER), Optional.empty());

    assertRefused(
        400,
        "token.wider",
        () ->
            tokens.issue(
                reader,
                "wide",
                Caller.Role.ADMIN,
                false,
                clock.instant().plus(Duration.ofHours(1))));
  }

  /** Else whoever finds a token that lives for an hour makes one that lives for a year. */
  @Test
  void aTokenMadeWithATokenLivesNoLongerAndEndsWithIt() {
    String parent = issue(Caller.Role.MEMBER);
    Caller maker = bearer(parent, Optional.empty());
    assertRefused(
        400,
        "token.expires",
        () ->
            tokens.issue(
                maker,
                "long",
                Caller.Role.READER,
                false,
                clock.instant().plus(Duration.ofHours(2))));
    ApiTokens.Issued child =
        tokens.issue(
            maker, "child", Caller.Role.READER, false, clock.instant().plus(Duration.ofHours(1)));
    store.write("default", transaction -> transaction.insert(child.row()));
    assertThat(bearer(child.text(), Optional.empty()).role()).isEqualTo(Caller.Role.READER);

    store.write(
        Store.EVERYBODY,
        transaction -> {
          Row row = transaction.find(ApiTokens.rowOf(parent).orElseThrow()).orElseThrow();
          transaction.delete(row);
          return row;
        });

    assertRefused(401, "identity.unknown", () -> bearer(child.text(), Optional.empty()));
  }

  @Test
  void whatOutlivesItsRequestHearsThatTheCredentialsEnded() {
    Identity.Standing password =
        identity.standing(basic("admin", "correct horse"), Optional.empty());
    Identity.Standing token =
        identity.standing(Optional.of("Bearer " + issue(Caller.Role.READER)), Optional.empty());
    assertThat(password.holds().getAsBoolean()).isTrue();
    assertThat(token.holds().getAsBoolean()).isTrue();

    clock.forward(Duration.ofHours(1));
    assertThat(token.holds().getAsBoolean()).isFalse();
    users.resetPassword("admin");
    assertThat(password.holds().getAsBoolean()).isFalse();
  }

  @Test
  void triesSentTogetherAreCountedLikeTriesInARow() throws Exception {
    List<Future<Integer>> tries = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
      for (int i = 0; i < 40; i++) {
        String word = "wrong horse " + i;
        tries.add(threads.submit(() -> status(word)));
      }
    }
    int checked = 0;
    for (Future<Integer> each : tries) {
      if (each.get() == 401) checked++;
    }
    assertThat(checked).isEqualTo(5);
  }

  private int status(String password) {
    try {
      logIn("admin", password);
      return 200;
    } catch (ProblemException e) {
      return e.problem().status();
    }
  }

  @Test
  void withoutCredentialsNobodyIsLetIn() {
    assertRefused(
        401, "identity.unknown", () -> identity.authenticate(Optional.empty(), Optional.empty()));
    assertRefused(
        401,
        "identity.unknown",
        () -> identity.authenticate(Optional.of("Basic !!"), Optional.empty()));
  }

  @Test
  void aTenantThatIsGoneLetsNobodyIn() {
    assertThat(logIn("admin", "correct horse").tenant()).isEqualTo("default");
    store.write(
        Store.EVERYBODY,
        transaction -> {
          transaction.delete(transaction.find("tenants/default").orElseThrow());
          return "";
        });
    assertRefused(403, "identity.no-tenant", () -> logIn("admin", "correct horse"));
  }

  private String issue(Caller.Role role) {
    ApiTokens.Issued issued =
        tokens.issue(
            logIn("admin", "correct horse"),
            "t",
            role,
            false,
            clock.instant().plus(Duration.ofHours(1)));
    store.write("default", transaction -> transaction.insert(issued.row()));
    return issued.text();
  }

  private Caller bearer(String text, Optional<String> tenant) {
    return identity.authenticate(Optional.of("Bearer " + text), tenant);
  }

  private Caller logIn(String name, String password) {
    return identity.authenticate(basic(name, password), Optional.empty());
  }

  private static Optional<String> basic(String name, String password) {
    String pair = name + ":" + password;
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
  }

  private static void assertRefused(int status, String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(status);
              assertThat(refused.problem().code()).isEqualTo(code);
            });
  }
}
