package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.Identity.Kind;
import io.meltemi.connector.vsphere.vim.Element;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private static final Identity OURS = new Identity("account-1");
  private static final Token TOKEN = new Token("token-1");

  private final Handle handle = OURS.handle(Kind.MACHINE, TOKEN);

  @Test
  void aHandleIsAUuidThatFollowsFromAccountKindAndToken() {
    UUID uuid = UUID.fromString(handle.value());
    assertThat(uuid.version()).isEqualTo(8);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(OURS.handle(Kind.MACHINE, TOKEN)).isEqualTo(handle);
    assertThat(
            List.of(
                OURS.handle(Kind.IMAGE, TOKEN),
                OURS.handle(Kind.MACHINE, TOKEN.attempt(1)),
                new Identity("account-2").handle(Kind.MACHINE, TOKEN)))
        .doesNotContain(handle)
        .doesNotHaveDuplicates();
  }

  @Test
  void namesOfEqualOrdersDifferAndAreShownPlain() {
    Handle other = OURS.handle(Kind.MACHINE, TOKEN.attempt(1));
    assertThat(Identity.name("web", handle)).isNotEqualTo(Identity.name("web", other));
    assertThat(Identity.plain(Identity.name("web", handle), handle)).isEqualTo("web");
    assertThat(Identity.plain("renamed by people", handle)).isEqualTo("renamed by people");
  }

  @Test
  void aLongNameIsCutToWhatAVCenterTakes() {
    String name = Identity.name("n".repeat(200), handle);
    assertThat(name).hasSize(80);
    assertThat(Identity.bears(name, handle)).isTrue();
    assertThat(Identity.name("  ", handle)).startsWith("machine-");
    assertThat(Identity.name("𝄞".repeat(100), handle).codePointCount(0, 147)).isEqualTo(80);
  }

  @Test
  void aVCentersCodesInNamesAreRead() {
    assertThat(Identity.plain("a%2fb%5Cc%25", handle)).isEqualTo("a/b\\c%");
  }

  @Test
  void aMarkIsReadBackByItsAccountAlone() {
    List<Element> settings = new Mark(TOKEN, 42).extraConfig(OURS, Map.of("guestinfo.x", ""));
    assertThat(Mark.read(settings, OURS, Kind.MACHINE, handle)).contains(new Mark(TOKEN, 42));
    assertThat(Mark.read(settings, new Identity("account-2"), Kind.MACHINE, handle)).isEmpty();
    assertThat(Mark.read(settings, OURS, Kind.IMAGE, handle)).isEmpty();
  }

  @Test
  void aCopyInheritsTheWordsAndIsNotOurs() {
    List<Element> settings = new Mark(TOKEN, 0).extraConfig(OURS, Map.of());
    Handle copy = new Handle(UUID.randomUUID().toString());
    assertThat(Mark.read(settings, OURS, Kind.MACHINE, copy)).isEmpty();
  }
}
