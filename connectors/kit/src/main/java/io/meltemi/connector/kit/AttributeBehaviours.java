package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import org.junit.jupiter.api.Test;

/** What only the provider knows of a machine. */
interface AttributeBehaviours extends Behaviours {
  @Test
  default void whatOthersWroteOnAMachineIsShownAndOutlivesOurChanges() {
    Rig.Remarks remarks = bench().power(bench().rig().remarks(), "write on machines");
    Handle machine = bench().started("remarked");
    remarks.write(machine, "cost-centre", "4711");
    bench().await("the remark", () -> remarked(machine));
    assertThat(bench().machines().list())
        .filteredOn(each -> each.handle().equals(machine))
        .singleElement()
        .extracting(Observation::attributes)
        .isEqualTo(bench().read(machine).attributes());
    if (bench().abilities(bench().rig().spot()).contains(Capability.FORCE_STOP)) {
      bench().act(machine, MachineAction.FORCE_STOP);
      bench().act(machine, MachineAction.START);
    }
    assertThat(bench().read(machine).attributes()).containsEntry("cost-centre", "4711");
  }

  private boolean remarked(Handle machine) {
    return "4711".equals(bench().read(machine).attributes().get("cost-centre"));
  }

  @Test
  default void whatTheBrokerWroteOnAMachineIsNotShownAsTheProviders() {
    Token token = bench().token();
    Handle machine = bench().started(bench().create(bench().rig().order("unmarked"), token));
    assertThat(bench().read(machine).attributes())
        .allSatisfy((name, value) -> assertThat(name + value).doesNotContain(token.value()))
        .allSatisfy((name, value) -> assertThat(name).doesNotContainIgnoringCase("meltemi"));
  }
}
