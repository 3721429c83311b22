package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meltemi.connector.AddressObservation;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Floating addresses: lent, shown and given back. */
interface AddressBehaviours extends Behaviours {
  private AddressBench addresses() {
    return bench().addresses().needed();
  }

  @Test
  default void aLentAddressBearsItsTokenAndIsFound() {
    AddressBench addresses = addresses();
    Token token = bench().token();
    Handle address = addresses.lent("bears", token);
    assertThat(addresses.read(address).token()).contains(token);
    assertThat(addresses.all().find(token)).containsExactly(address);
  }

  @Test
  default void oneLendingLendsOneAddress() {
    AddressBench addresses = addresses();
    int before = addresses.all().list().size();
    Token token = bench().token();
    Handle address = addresses.lent("single", token);
    assertThat(addresses.all().find(token)).containsExactly(address);
    assertThat(addresses.all().list()).hasSize(before + 1);
  }

  @Test
  default void aMachineShowsItsLentAddressBesideItsOwn() {
    AddressBench addresses = addresses();
    Handle machine = bench().started("shows");
    List<String> own = addresses.shown(machine);
    String ip = addresses.read(addresses.all().lend(machine, bench().token())).ip();
    assertThat(own).isNotEmpty().doesNotContain(ip);
    addresses.awaitShown(machine, ip);
    assertThat(addresses.shown(machine)).containsAll(own).doesNotHaveDuplicates();
  }

  @Test
  default void twoMachinesAreLentTwoAddresses() {
    bench().needsMachines(2);
    AddressBench addresses = addresses();
    String first = addresses.read(addresses.lent("first", bench().token())).ip();
    String second = addresses.read(addresses.lent("second", bench().token())).ip();
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  default void aReleasedAddressIsGoneAndItsMachineGoesOnWithoutIt() {
    AddressBench addresses = addresses();
    Handle machine = bench().started("goes-on");
    Token token = bench().token();
    Handle address = addresses.all().lend(machine, token);
    String ip = addresses.read(address).ip();
    addresses.all().release(address);
    addresses.vanishes(address);
    addresses.assertNone(token);
    bench().await("the end of " + ip, () -> !addresses.shown(machine).contains(ip));
    assertThat(bench().state(machine)).contains(MachineState.STARTED);
    assertThatCode(() -> addresses.all().release(address)).doesNotThrowAnyException();
  }

  @Test
  default void anAddressIsReleasedAfterItsMachineIsGone() {
    AddressBench addresses = addresses();
    Handle machine = bench().started("gone-before");
    Token token = bench().token();
    Handle address = addresses.all().lend(machine, token);
    bench().machines().delete(machine);
    bench().vanishes(machine);
    addresses.all().release(address);
    addresses.vanishes(address);
    addresses.assertNone(token);
  }

  @Test
  default void releasingAnUnknownAddressSucceedsAndLeavesTheOthers() {
    AddressBench addresses = addresses();
    Token token = bench().token();
    Handle address = addresses.lent("stays", token);
    Handle unknown = ReadingBehaviours.Handles.unknownLike(address);
    assertThatCode(() -> addresses.all().release(unknown)).doesNotThrowAnyException();
    assertThat(addresses.all().find(token)).containsExactly(address);
  }

  @Test
  default void readingAnUnknownAddressIsEmpty() {
    AddressBench addresses = addresses();
    Handle address = addresses.lent("known", bench().token());
    assertThat(addresses.all().read(ReadingBehaviours.Handles.unknownLike(address))).isEmpty();
  }

  @Test
  default void findTakesTheWholeTokenOfAnAddress() {
    AddressBench addresses = addresses();
    Token token = bench().token();
    Token second = token.attempt(1);
    Handle address = addresses.lent("attempt", second);
    try {
      addresses.assertNone(token);
      assertThat(addresses.all().find(second)).containsExactly(address);
    } finally {
      addresses.clear(second);
    }
  }

  @Test
  default void theListHoldsEveryAddressOnceAsItIsRead() {
    bench().needsMachines(2);
    AddressBench addresses = addresses();
    Handle first = addresses.lent("first", bench().token());
    Handle second = addresses.lent("second", bench().token());
    List<AddressObservation> list = addresses.all().list();
    assertThat(list.stream().map(AddressObservation::handle))
        .doesNotHaveDuplicates()
        .contains(first, second);
    assertThat(list).allMatch(address -> address.token().isPresent());
    assertThat(list)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("observed")
        .contains(addresses.read(first), addresses.read(second));
  }

  @Test
  default void addressesOfAnotherBrokerAreNeitherListedNorFound() {
    AddressBench addresses = addresses();
    Handle machine = bench().started("shared");
    try (Connector other =
        bench().power(bench().rig().otherBroker(), "open as other broker").get()) {
      Token token = bench().token();
      Handle theirs = other.addresses().lend(machine, token);
      try {
        addresses.assertNone(token);
        assertThat(addresses.all().list().stream().map(AddressObservation::handle))
            .doesNotContain(theirs);
        assertThat(other.addresses().find(token)).containsExactly(theirs);
      } finally {
        other.addresses().release(theirs);
      }
    }
  }

  @Test
  default void anAddressForAnUnknownMachineIsABadRequest() {
    AddressBench addresses = addresses();
    Handle unknown = ReadingBehaviours.Handles.unknownLike(bench().started("known"));
    Token token = bench().token();
    assertThat(Bench.fault(() -> addresses.all().lend(unknown, token)))
        .isEqualTo(Fault.BAD_REQUEST);
    addresses.assertNone(token);
  }

  @Test
  @Alone
  default void theQuotaOfAddressesFollowsALending() {
    AddressBench addresses = addresses();
    Inventory.Networking before = bench().connector().discover().networking();
    if (before.quotaLimit().addresses() == Long.MAX_VALUE) {
      throw NotTried.unsupported("the provider tells no quota of floating addresses");
    }
    addresses.lent("counted", bench().token());
    Inventory.Networking after = bench().connector().discover().networking();
    assertThat(after.quotaLimit()).isEqualTo(before.quotaLimit());
    assertThat(after.quotaUsed().addresses()).isEqualTo(before.quotaUsed().addresses() + 1);
  }

  @Test
  @Alone
  default void anAddressBeyondTheQuotaIsToldAsQuota() {
    assertRefused(Fault.QUOTA, bench().rig().exhaustsAddressQuota(), "exhaust the address quota");
  }

  @Test
  @Alone
  default void anAddressIsToldAsCapacityWhereNoneIsLeft() {
    assertRefused(Fault.CAPACITY, bench().rig().exhaustsAddresses(), "exhaust the addresses");
  }

  private void assertRefused(Fault fault, Optional<Runnable> power, String name) {
    AddressBench addresses = addresses();
    Runnable exhausts = bench().power(power, name);
    Handle machine = bench().started("too-many");
    exhausts.run();
    Token token = bench().token();
    ConnectorException refusal = Bench.failure(() -> addresses.all().lend(machine, token));
    assertThat(refusal.fault()).as(refusal.reason()).isEqualTo(fault);
    assertThat(refusal.reason()).isNotBlank();
    addresses.assertNone(token);
  }

  @Test
  default void anAddressIsRefusedAsUnsupportedWhereNoneIsLent() {
    var spot = Places.lacking(bench(), Capability.FLOATING_ADDRESS);
    Handle machine =
        bench()
            .started(
                bench().machines().create(bench().rig().order("inside"), spot, bench().token()));
    Token token = bench().token();
    AddressBench addresses = bench().addresses();
    assertThat(Bench.fault(() -> addresses.all().lend(machine, token)))
        .isEqualTo(Fault.UNSUPPORTED);
    addresses.assertNone(token);
  }
}
