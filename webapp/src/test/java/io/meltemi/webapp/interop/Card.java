package io.meltemi.webapp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** A network card with its addresses. */
public record Card(String mac, String ip) {
  private static final String MASK = "255.255.255.0";

  /**
   * The machine's only card, followed to its network and back over all that the version has between
   * the two.
   *
   * @param network with a range of 256 addresses
   */
  public static Card between(Consumer consumer, Answer machine, Answer network) {
    return consumer.dialect().version() == 1
        ? old(consumer, machine, network)
        : recent(consumer, machine, network);
  }

  private static Card old(Consumer consumer, Answer machine, Answer network) {
    Answer card = only(consumer, machine, "networkInterfaces");
    assertThat(card.needHref("network")).isEqualTo(network.need("id"));
    Answer port = consumer.get(card.needHref("networkPort"));
    assertThat(port.needHref("network")).isEqualTo(network.need("id"));
    assertThat(consumer.get(network.needHref("networkPorts")).items())
        .extracting(each -> each.needHref("networkPort"))
        .contains(port.need("id"));
    Answer address = consumer.get(only(consumer, card, "addresses").needHref("address"));
    assertThat(address.needHref("network")).isEqualTo(network.need("id"));
    assertThat(address.need("mask")).as("the address is in the range").isEqualTo(MASK);
    return new Card(card.need("macAddress"), address.need("ip"));
  }

  /** Of Ethernet one segment, of the range the other. */
  private static Card recent(Consumer consumer, Answer machine, Answer network) {
    Answer card = only(consumer, machine, "interfaces");
    List<Answer> segments = consumer.get(network.needHref("segments")).items();
    assertThat(segments)
        .extracting(each -> each.need("protocol"))
        .containsExactlyInAnyOrder("Ethernet", "IPv4");
    for (Answer each : segments) {
      Answer segment = consumer.get(each.need("id"));
      assertThat(segment.body().contains(MASK)).isEqualTo(each.need("protocol").equals("IPv4"));
      assertThat(consumer.get(segment.needHref("endpoints")).items())
          .extracting(endpoint -> endpoint.needHref("interface"))
          .contains(card.need("id"));
    }
    List<Answer> endpoints = consumer.get(card.needHref("endpoints")).items();
    assertThat(endpoints).hasSize(2);
    return new Card(address(endpoints, "Ethernet"), address(endpoints, "IPv4"));
  }

  private static String address(List<Answer> endpoints, String protocol) {
    return endpoints.stream()
        .filter(each -> each.need("protocol").equals(protocol))
        .findFirst()
        .orElseThrow()
        .need("address");
  }

  private static Answer only(Consumer consumer, Answer owner, String collection) {
    List<Answer> all = consumer.get(owner.needHref(collection)).items();
    assertThat(all).as(owner.raw()).hasSize(1);
    return all.getFirst();
  }
}
