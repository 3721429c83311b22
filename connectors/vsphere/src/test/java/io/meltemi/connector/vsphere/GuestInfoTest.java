package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Handle;
import io.meltemi.connector.kit.Orders;
import io.meltemi.pivot.MachineOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class GuestInfoTest {
  private static final Handle HANDLE = new Handle("uuid-1");

  @Test
  void metadataNameTheInstanceTheHostAndTheKey() {
    var login =
        new MachineOrder.Login(Optional.empty(), Optional.empty(), Optional.of("ssh-x A \"k\\\""));
    Map<String, String> settings = GuestInfo.of(order("Web 1.", Optional.empty(), login), HANDLE);
    assertThat(decoded(settings, "guestinfo.metadata"))
        .isEqualTo(
            "{\"instance-id\":\"uuid-1\",\"local-hostname\":\"web-1\","
                + "\"public-keys-data\":\"ssh-x A \\\"k\\\\\\\"\\u000a\"}");
    assertThat(settings).containsEntry("guestinfo.metadata.encoding", "base64");
    assertThat(settings).doesNotContainKey("guestinfo.userdata");
  }

  @Test
  void userDataAreHandedOnUnchangedWhateverTheLineBreaks() {
    var login = new MachineOrder.Login(Optional.empty(), Optional.empty(), Optional.empty());
    Map<String, String> settings =
        GuestInfo.of(order("", Optional.of("I2Nsb3Vk\r\nLWNvbmZpZw=="), login), HANDLE);
    assertThat(settings).containsEntry("guestinfo.userdata", "I2Nsb3VkLWNvbmZpZw==");
    assertThat(decoded(settings, "guestinfo.metadata")).isEqualTo("{\"instance-id\":\"uuid-1\"}");
  }

  @Test
  void anImageInheritsNothingOfIt() {
    assertThat(GuestInfo.none())
        .containsOnlyKeys(
            "guestinfo.metadata",
            "guestinfo.metadata.encoding",
            "guestinfo.userdata",
            "guestinfo.userdata.encoding");
    assertThat(GuestInfo.none().values()).allMatch(String::isEmpty);
  }

  @Test
  void aHostNameIsWhatIsLeftOfAName() {
    assertThat(GuestInfo.hostName("--Ärger & Söhne--")).isEqualTo("rger-s-hne");
    assertThat(GuestInfo.hostName("x".repeat(62) + "-y")).isEqualTo("x".repeat(62));
    assertThat(GuestInfo.hostName("…")).isEmpty();
  }

  private static String decoded(Map<String, String> settings, String key) {
    return new String(
        Base64.getDecoder().decode(settings.getOrDefault(key, "")), StandardCharsets.UTF_8);
  }

  private static MachineOrder order(
      String name, Optional<String> userData, MachineOrder.Login login) {
    MachineOrder plain = Orders.plain(name, 1, 1024);
    return new MachineOrder(
        name,
        1,
        1024,
        List.of(),
        Optional.empty(),
        OptionalInt.empty(),
        plain.image(),
        plain.imageName(),
        userData,
        Optional.of(login),
        List.of(),
        plain.initialState(),
        plain.terms());
  }
}
