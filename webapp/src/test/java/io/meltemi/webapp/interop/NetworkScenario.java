package io.meltemi.webapp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * The networks that a provider tells of, and a machine's card in the only one: it is there whether
 * a stored template names it or leaves it to the place.
 */
final class NetworkScenario {
  private final Scenarios scenarios;
  private final Consumer consumer;

  NetworkScenario(Scenarios scenarios, Consumer consumer) {
    this.scenarios = scenarios;
    this.consumer = consumer;
  }

  /** Where the order does not say so, the provider gives every machine one card. */
  void play() {
    Answer network = only();
    Answer left = scenarios.started("left to the place");
    Card.between(consumer, left, network);
    scenarios.cleanUp(left);
    Answer template =
        scenarios.made("machineTemplates", card(scenarios.startedTemplate(), network));
    for (String name : List.of("first of a template", "second of a template")) {
      Answer chosen = scenarios.ofTemplate(name, template);
      Card.between(consumer, chosen, network);
      assertThat(carried(chosen)).containsExactly("EXACT " + network.need("name"));
      scenarios.cleanUp(chosen);
    }
    assertThat(consumer.delete(template.needOperation("delete")).status()).isBetween(200, 207);
    refusesTwo(network);
  }

  private void refusesTwo(Answer network) {
    Body order =
        Body.of("MachineCreate")
            .with("name", "with two")
            .part("machineTemplate", card(scenarios.startedTemplate(), network, network));
    Answer refused = consumer.post(scenarios.add("machines"), order);
    assertThat(refused.status()).as(refused.raw()).isEqualTo(409);
    assertThat(refused.raw())
        .contains("machine.no-offer", "2 cards", "a machine has at most 1 here");
  }

  private Answer only() {
    List<Answer> told =
        consumer.get(consumer.entryPoint().needHref("networks")).items().stream()
            .filter(each -> each.text("source").isPresent())
            .toList();
    assertThat(told).hasSize(1);
    Answer network = consumer.get(told.getFirst().need("id"));
    assertThat(network.need("state")).isEqualTo("STARTED");
    return network;
  }

  private Body card(Body template, Answer... networks) {
    Body[] cards =
        List.of(networks).stream()
            .map(each -> Body.of("card").ref("network", each.need("id")))
            .toArray(Body[]::new);
    return old()
        ? template.list("networkInterfaces", "networkInterface", cards)
        : template.list("interfaceTemplates", "interfaceTemplate", cards);
  }

  private static List<String> carried(Answer machine) {
    return machine.entries("mapping", "mapped").stream()
        .filter(each -> each.need("attribute").equals("network"))
        .map(each -> each.need("fidelity") + " " + each.need("given"))
        .toList();
  }

  private boolean old() {
    return consumer.dialect().version() == 1;
  }
}
