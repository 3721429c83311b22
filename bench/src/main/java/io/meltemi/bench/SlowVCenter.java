package io.meltemi.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meltemi.connector.kit.Outside;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The vCenter of dev/vsphere, which takes 30 s for every call while it is sick. */
final class SlowVCenter implements SickProvider {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EACH = "-1";

  private final Provider provider;
  private int met;
  private int before;

  /** One that is well, whatever was wrong with it. */
  SlowVCenter() throws IOException {
    provider = Provider.vcenter();
    faults("clear");
  }

  @Override
  public Provider provider() {
    return provider;
  }

  @Override
  public void fallSick() throws IOException {
    before = calls();
    faults("late", "*", "30000");
  }

  @Override
  public void recover() throws IOException {
    met += calls() - before;
    faults("clear");
  }

  @Override
  public int met() {
    return met;
  }

  /** Of any method, since it was started. */
  private static int calls() throws IOException {
    JsonNode calls = JSON.readTree(faults("stats")).path("calls");
    return calls.valueStream().mapToInt(JsonNode::asInt).sum();
  }

  private static String faults(String... words) {
    List<String> command = new ArrayList<>(List.of("dev/vsphere/faults"));
    command.addAll(List.of(words));
    return Outside.run(Map.of("FAULT_COUNT", EACH), command);
  }

  @Override
  public void close() {
    faults("clear");
  }
}
