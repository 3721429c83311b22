package io.meltemi.broker.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Problem;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Password hashes: Argon2id with 19 MiB and two passes (36 ms here). At most two run at a time, and
 * nobody waits for long: a flood of log-ins must not take the machine.
 */
public final class Passwords {
  private static final int MEMORY_KIBIBYTES = 19 * 1024;
  private static final int PASSES = 2;
  private static final int BYTES = 32;
  private static final int LEAST_LETTERS = 8;
  private static final int MOST_LETTERS = 256;

  private final SecureRandom random = new SecureRandom();
  private final Semaphore running = new Semaphore(2, true);
  private final Duration patience;
  private final ObjectNode nobody;

  /**
   * @param patience how long a log-in waits for its turn before it is told to come back
   */
  public Passwords(Duration patience) {
    this.patience = patience;
    this.nobody = hash("nobody-has-this-password");
  }

  /**
   * What is stored of a password.
   *
   * @throws io.meltemi.model.ProblemException 400 when it is too short or too long
   */
  public ObjectNode hash(String password) {
    if (password.length() < LEAST_LETTERS || password.length() > MOST_LETTERS) {
      throw Problem.of(
              400,
              "user.password",
              "the password has " + password.length() + " letters",
              "choose one of " + LEAST_LETTERS + " to " + MOST_LETTERS + " letters")
          .at("password")
          .asException();
    }
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    return JsonNodeFactory.instance
        .objectNode()
        .put("salt", encode(salt))
        .put("hash", encode(argon2(password, salt)));
  }

  /** True when the password is the one whose hash was stored. */
  public boolean matches(String password, ObjectNode stored) {
    byte[] salt = Base64.getDecoder().decode(stored.path("salt").asText());
    byte[] wanted = Base64.getDecoder().decode(stored.path("hash").asText());
    return MessageDigest.isEqual(wanted, argon2(password, salt));
  }

  /** Costs what a real check costs, so that nobody learns which users there are. */
  public void matchesNobody(String password) {
    matches(password, nobody);
  }

  private byte[] argon2(String password, byte[] salt) {
    await();
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withMemoryAsKB(MEMORY_KIBIBYTES)
              .withIterations(PASSES)
              .withParallelism(1)
              .withSalt(salt)
              .build());
      byte[] hash = new byte[BYTES];
      generator.generateBytes(password.getBytes(UTF_8), hash);
      return hash;
    } finally {
      running.release();
    }
  }

  private void await() {
    try {
      if (running.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw busy();
  }

  static RuntimeException busy() {
    return Problem.of(
            503,
            "identity.busy",
            "too many log-ins at once",
            "try again in a second, or use an API token")
        .asException();
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
