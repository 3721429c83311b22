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
    assertIn(network, left);
    scenarios.cleanUp(left);
    Answer template =
        scenarios.made("machineTemplates", card(scenarios.startedTemplate(), network));
    for (String name : List.of("first of a template", "second of a template")) {
      Answer chosen = scenarios.ofTemplate(name, template);
      assertIn(network, chosen);
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

  private void assertIn(Answer network, Answer machine) {
    String cards = old() ? "networkInterfaces" : "interfaces";
    List<Answer> all = consumer.get(machine.needHref(cards)).items();
    assertThat(all).as(machine.raw()).hasSize(1);
    if (old()) inOld(network, all.getFirst());
    else inNew(network, all.getFirst());
  }

  private void inOld(Answer network, Answer card) {
    assertThat(card.needHref("network")).isEqualTo(network.need("id"));
    Answer port = consumer.get(card.needHref("networkPort"));
    assertThat(port.needHref("network")).isEqualTo(network.need("id"));
    assertThat(consumer.get(network.needHref("networkPorts")).items())
        .extracting(each -> each.needHref("networkPort"))
        .contains(port.need("id"));
    List<Answer> addresses = consumer.get(card.needHref("addresses")).items();
    assertThat(addresses).hasSize(1);
    Answer address = consumer.get(addresses.getFirst().needHref("address"));
    assertThat(address.need("mask")).as("the address is in the range").isEqualTo("255.255.255.0");
  }

  /** Of Ethernet one segment, of the range the other. */
  private void inNew(Answer network, Answer card) {
    assertThat(consumer.get(card.needHref("endpoints")).items())
        .extracting(each -> each.need("protocol"))
        .containsExactlyInAnyOrder("Ethernet", "IPv4");
    List<Answer> segments = consumer.get(network.needHref("segments")).items();
    assertThat(segments).hasSize(2);
    for (Answer segment : segments) {
      assertThat(consumer.get(segment.needHref("endpoints")).items())
          .extracting(each -> each.needHref("interface"))
          .contains(card.need("id"));
    }
  }

  private boolean old() {
    return consumer.dialect().version() == 1;
  }
}
