package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Networks: what is shown of them, and machines in those that their orders name. */
interface NetworkBehaviours extends Behaviours {
  @Test
  default void networksHaveTheirOwnIdsAndNameOnlyPlacesThatExist() {
    Inventory inventory = bench().connector().discover();
    Set<String> places =
        inventory.places().stream().map(p -> p.location().id()).collect(Collectors.toSet());
    assertThat(inventory.networks()).allMatch(network -> places.containsAll(network.places()));
    assertThat(inventory.networks().stream().map(Inventory.Network::id)).doesNotHaveDuplicates();
    assertThat(inventory.networks().stream().flatMap(network -> network.subnets().stream()))
        .allMatch(subnet -> subnet.matches("[0-9a-fA-F.:]+/[0-9]{1,3}"));
  }

  @Test
  default void aPlaceHasAnOpenNetworkExactlyWhereNetworksCanBeChosen() {
    Inventory inventory = bench().connector().discover();
    for (Inventory.Place place : inventory.places()) {
      assertThat(open(inventory, place.location().id()).isEmpty())
          .as(place.location().id())
          .isNotEqualTo(place.abilities().contains(Capability.NETWORK_CHOICE));
    }
  }

  @Test
  default void aMachineIsInTheNetworkThatItsOrderNamesAndInNoOther() {
    bench().needs(Capability.NETWORK_CHOICE);
    Function<Handle, List<String>> seen =
        bench().power(bench().rig().networksSeen(), "see networks");
    String wanted = open(bench().connector().discover(), place()).getLast().id();
    Handle machine = bench().started(create(wanted, bench().token()));
    assertThat(seen.apply(machine)).containsExactly(wanted);
  }

  @Test
  default void anUnknownNetworkIsABadRequest() {
    bench().needs(Capability.NETWORK_CHOICE);
    String known = open(bench().connector().discover(), place()).getFirst().id();
    Token token = bench().token();
    String unknown = ReadingBehaviours.Handles.unknownLike(new Handle(known)).value();
    assertThat(Bench.fault(() -> create(unknown, token))).isEqualTo(Fault.BAD_REQUEST);
    bench().comes(() -> bench().machines().find(token).isEmpty());
    assertThat(bench().machines().find(token)).isEmpty();
  }

  @Test
  default void aChosenNetworkIsRefusedAsUnsupportedWhereNoneCanBeChosen() {
    Spot spot = Places.withoutChoice(bench());
    List<Inventory.Network> all = bench().connector().discover().networks();
    String network = all.isEmpty() ? "network" : all.getFirst().id();
    Token token = bench().token();
    Spot named = new Spot(spot.location(), spot.size(), spot.image(), List.of(network));
    assertThat(
            Bench.fault(() -> bench().machines().create(bench().rig().order("lost"), named, token)))
        .isEqualTo(Fault.UNSUPPORTED);
    assertThat(bench().machines().find(token)).isEmpty();
  }

  private Handle create(String network, Token token) {
    Spot spot = bench().rig().spot();
    Spot named = new Spot(spot.location(), spot.size(), spot.image(), List.of(network));
    return bench().machines().create(bench().rig().order("joins"), named, token);
  }

  private String place() {
    return bench().rig().spot().location();
  }

  private static List<Inventory.Network> open(Inventory inventory, String place) {
    return inventory.networks().stream()
        .filter(Inventory.Network::open)
        .filter(network -> network.places().isEmpty() || network.places().contains(place))
        .toList();
  }
}
