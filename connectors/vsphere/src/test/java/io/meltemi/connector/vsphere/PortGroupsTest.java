package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.PortGroups.Group;
import io.meltemi.connector.vsphere.PortGroups.Rival;
import io.meltemi.connector.vsphere.vim.Ref;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortGroupsTest {
  private static final Identity OURS = new Identity("account-1");
  private static final VlanRange RANGE = new VlanRange(2000, 2003);

  private static Ref ref(int number) {
    return new Ref("DistributedVirtualPortgroup", "dvportgroup-" + number);
  }

  private static Group group(int number, int first, int last) {
    return new Group(ref(number), "g" + number, "0", List.of(new VlanRange(first, last)));
  }

  @Test
  void aVlanIsFreeWhenNoPortGroupCarriesItByItselfOrInATrunk() {
    List<Group> all = List.of(group(1, 2000, 2000), group(2, 2001, 2002), group(3, 0, 0));
    assertThat(PortGroups.free(RANGE.upwards(), all)).hasValue(2003);
    assertThat(PortGroups.free(RANGE.upwards(), List.of())).hasValue(2000);
    assertThat(PortGroups.free(RANGE.downwards(), List.of(group(1, 2003, 2003)))).hasValue(2002);
    assertThat(PortGroups.free(RANGE.upwards(), List.of(group(1, 0, 4094)))).isEmpty();
  }

  /** Numbers are compared, not words: 9 came before 10. */
  @Test
  void ofTwoWithOneVlanTheYoungerGivesWayAndTheOlderDoesNot() {
    List<Group> all = List.of(group(10, 2000, 2000), group(9, 2000, 2000));
    assertThat(PortGroups.rival(ref(10), all)).contains(new Rival(2000, "g9"));
    assertThat(PortGroups.rival(ref(9), all)).isEmpty();
  }

  @Test
  void anOlderTrunkOverTheVlanIsARivalAndWhatTagsNothingIsNone() {
    assertThat(PortGroups.rival(ref(10), List.of(group(10, 7, 7), group(9, 1, 9))))
        .contains(new Rival(7, "g9"));
    assertThat(PortGroups.rival(ref(10), List.of(group(10, 7, 7), group(9, 0, 0)))).isEmpty();
  }

  @Test
  void aBrokersPortGroupIsKnownByNameAndDescriptionTogether() {
    Token token = new Token("n-1");
    String name = new MarkedName("a/b", token).written(OURS, Identity.Kind.NETWORK);
    String description = new SnapshotMark(OURS).description(token);
    assertThat(PortGroups.anybodys(name, description)).isTrue();
    assertThat(PortGroups.anybodys(name.replace("/", "%2f"), description)).isTrue();
    assertThat(PortGroups.anybodys("somebody's", description)).isFalse();
    assertThat(PortGroups.anybodys(name, "ours")).isFalse();
    assertThat(PortGroups.named(name.replace("/", "%2f"), OURS).map(MarkedName::wanted))
        .contains("a/b");
    assertThat(PortGroups.named(name, new Identity("account-2"))).isEmpty();
  }
}
