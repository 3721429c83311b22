package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Token;
import org.junit.jupiter.api.Test;

class SnapshotMarkTest {
  private static final Token TOKEN = new Token("s-1");
  private static final SnapshotMark OURS = new SnapshotMark(new Identity("account-1"));

  @Test
  void theTokenIsReadWithAndWithoutANameBeforeIt() {
    assertThat(OURS.token(OURS.description(TOKEN))).contains(TOKEN);
    assertThat(OURS.token(OURS.description("before the upgrade", TOKEN))).contains(TOKEN);
    assertThat(OURS.token("before the upgrade")).isEmpty();
  }

  @Test
  void aNameThatLooksLikeAMarkIsNone() {
    String name = new SnapshotMark(new Identity("account-2")).description(new Token("other"));
    assertThat(OURS.token(OURS.description(name, TOKEN))).contains(TOKEN);
    assertThat(SnapshotMark.account(OURS.description(name, TOKEN))).contains("account-1");
  }

  @Test
  void whatAnotherAccountTookIsNotOurs() {
    String theirs = new SnapshotMark(new Identity("account-2")).description("x", TOKEN);
    assertThat(OURS.token(theirs)).isEmpty();
    assertThat(SnapshotMark.account(theirs)).contains("account-2");
  }
}
