package io.meltemi.webapp.kill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Mishap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A provider that dev/openstack or dev/vsphere has started, reached through a proxy of ours. */
abstract class RealPlace implements Place {
  private static final Duration DISCOVERY = Duration.ofSeconds(5);

  private final String connector;
  private final FaultProxy proxy;
  private final Weather weather;

  RealPlace(String connector, FaultProxy proxy, Weather weather) {
    this.connector = connector;
    this.proxy = proxy;
    this.weather = weather;
  }

  @Override
  public String name() {
    return connector;
  }

  @Override
  public List<String> victims() {
    return List.of("broker");
  }

  @Override
  public void join(Api api) {
    if (!things().isEmpty()) throw new IllegalStateException("not empty: " + things());
    ObjectNode account = api.object().put("name", "lab").put("connector", connector);
    settings(proxy).forEach(account.putObject("settings")::put);
    account
        .putObject("limits")
        .put("watchMilliseconds", 1000)
        .put("discoverSeconds", DISCOVERY.toSeconds())
        .put("lookSeconds", 10)
        .put("longestDelaySeconds", 30);
    Api.Answer answer = api.send(api.add("broker/1/accounts", account, "lab")).orElseThrow();
    if (answer.status() != 201) throw new IllegalStateException("no account: " + answer);
    String id = answer.body().path("id").asText();
    joined(id.substring(id.lastIndexOf('/') + 1));
  }

  abstract Map<String, String> settings(FaultProxy proxy);

  void joined(String account) {
    // most providers show all that is ours
  }

  /** The call that makes a machine. */
  abstract Predicate<FaultProxy.Call> creation();

  @Override
  public void before(Operation operation) {
    proxy.calm();
    switch (operation) {
      case CREATE_LOST -> proxy.next(creation(), new Mishap.LostAfter(Duration.ZERO));
      case CREATE_LATE, CREATE_TOO_LATE ->
          proxy.next(creation(), new Mishap.LostAfter(operation.delay()));
      default -> {}
    }
  }

  @Override
  public Program victim() {
    throw new IllegalStateException("the provider is never killed");
  }

  @Override
  public void restart() {
    throw new IllegalStateException("the provider is never killed");
  }

  @Override
  public Duration hidden() {
    return DISCOVERY.plusSeconds(1);
  }

  @Override
  public void rough(boolean on) {
    proxy.weather(on ? weather : call -> new Mishap.None());
  }

  @Override
  public Optional<String> remark() {
    return Optional.of(weather.toString());
  }

  @Override
  public void close() {
    proxy.close();
  }
}
