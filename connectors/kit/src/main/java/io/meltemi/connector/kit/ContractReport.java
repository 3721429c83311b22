package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Notes what became of each behaviour and holds it against the connector's column in
 * docs/connectors/results. With {@code -Dcontract.write=true} it writes what was tried into the
 * column, and the matrix, instead.
 */
final class ContractReport implements AfterEachCallback, AfterAllCallback {
  private final ConcurrentMap<String, String> outcomes = new ConcurrentHashMap<>();
  private final ConcurrentMap<Class<?>, String> columns = new ConcurrentHashMap<>();

  @Override
  public void afterEach(ExtensionContext context) {
    ConnectorContract contract = (ConnectorContract) context.getRequiredTestInstance();
    contract.column().ifPresent(name -> columns.put(context.getRequiredTestClass(), name));
    if (isBehaviour(context.getRequiredTestMethod().getName())) {
      outcomes.put(
          Sentences.of(context.getRequiredTestMethod().getName()),
          outcome(context.getExecutionException()));
    }
  }

  private static String outcome(Optional<Throwable> thrown) {
    return thrown
        .map(t -> t instanceof TestAbortedException ? String.valueOf(t.getMessage()) : "BROKEN")
        .orElse("kept");
  }

  private static boolean isBehaviour(String method) {
    return behaviours().containsKey(Sentences.of(method));
  }

  /** All behaviours, each with an empty outcome. */
  static SortedMap<String, String> behaviours() {
    SortedMap<String, String> all = new TreeMap<>();
    Arrays.stream(ConnectorContract.class.getMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .forEach(method -> all.put(Sentences.of(method.getName()), ""));
    return all;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Optional<String> name = Optional.ofNullable(columns.get(context.getRequiredTestClass()));
    boolean whole = outcomes.keySet().containsAll(behaviours().keySet());
    Optional<Path> folder = Matrix.folder();
    if (name.isEmpty() || folder.isEmpty() || outcomes.containsValue("BROKEN")) {
      return;
    }
    SortedMap<String, String> filed =
        Matrix.read(folder.get()).getOrDefault(name.get(), new TreeMap<>());
    if (Boolean.getBoolean("contract.write")) {
      filed.keySet().retainAll(behaviours().keySet());
      filed.putAll(outcomes);
      Matrix.write(folder.get(), name.get(), filed);
      return;
    }
    if (!whole) return;
    assertThat(new TreeMap<>(outcomes))
        .as("the column in docs/connectors; write it anew with -Dcontract.write=true")
        .isEqualTo(filed);
  }
}
