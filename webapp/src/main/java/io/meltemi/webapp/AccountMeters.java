package io.meltemi.webapp;

import io.meltemi.broker.account.ConnectorPool.Load;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** How busy each account is, as figures; accounts come and go. */
final class AccountMeters {
  private final Supplier<Map<String, Load>> loads;
  private final MultiGauge calls;
  private final MultiGauge waiting;
  private final MultiGauge refused;
  private final MultiGauge spared;

  AccountMeters(MeterRegistry registry, Supplier<Map<String, Load>> loads) {
    this.loads = loads;
    calls = gauge("calls", "Calls to the provider that are under way", registry);
    waiting = gauge("waiting", "Calls that wait for their turn", registry);
    refused = gauge("refused", "Calls not sent since the account was opened", registry);
    spared =
        gauge(
            "spared",
            "1 while the provider is not called: it only fails, or asked for a pause",
            registry);
  }

  private static MultiGauge gauge(String name, String description, MeterRegistry registry) {
    return MultiGauge.builder("meltemi.account." + name)
        .description(description)
        .register(registry);
  }

  /** Reads them anew. */
  void refresh() {
    Map<String, Load> now = loads.get();
    show(calls, now, Load::calls);
    show(waiting, now, Load::waiting);
    show(refused, now, Load::refused);
    show(spared, now, load -> load.spared() ? 1 : 0);
  }

  private static void show(
      MultiGauge gauge, Map<String, Load> loads, ToDoubleFunction<Load> figure) {
    gauge.register(
        loads.entrySet().stream()
            .<MultiGauge.Row<?>>map(each ->
                MultiGauge.Row.of(
                    Tags.of("account", each.getKey()), figure.applyAsDouble(each.getValue())))
            .toList(),
        true);
  }
}
