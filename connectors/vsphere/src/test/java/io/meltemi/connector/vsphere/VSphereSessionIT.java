package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.kit.Outside;
import io.meltemi.connector.vsphere.vim.SoapVCenter;
import io.meltemi.connector.vsphere.vim.VCenter;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Sessions at a vCenter that ends those which nobody uses after two seconds, not thirty minutes.
 */
class VSphereSessionIT {
  private static final Duration IDLE = Duration.ofSeconds(2);

  private static OwnVCenter own;

  @BeforeAll
  static void up() {
    own =
        new OwnVCenter(
            "idle", Map.of("VSPHERE_SESSION_IDLE", IDLE.toSeconds() + "s", "VSPHERE_VMS", "1"));
  }

  @AfterAll
  static void down() {
    own.close();
  }

  private static VCenter open(Duration keepAlive) {
    VSphereSettings settings = VSphereSettings.of(own.lab().settings());
    return new SoapVCenter(
        settings.endpoint(),
        settings.user(),
        settings.password(),
        Outside.thisMachine().http(settings.certificates()),
        keepAlive);
  }

  private static long calls(String method) {
    return own.lab().calls(method);
  }

  private static void passes(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    Awaitility.await().atMost(time.plusMinutes(1)).until(() -> System.nanoTime() > until);
  }

  @Test
  void aSessionThatNobodyUsesIsKeptAlive() {
    long signs = calls("CurrentTime");
    try (VCenter vcenter = open(IDLE.dividedBy(4))) {
      assertThat(vcenter.byPath("DC0")).isPresent();
      long logIns = calls("Login");
      passes(IDLE.multipliedBy(3));
      assertThat(calls("CurrentTime")).isGreaterThan(signs + 5);
      assertThat(vcenter.byPath("DC0")).isPresent();
      assertThat(calls("Login")).isEqualTo(logIns);
    }
  }

  @Test
  void aSessionThatTheVCenterEndedIsOpenedAnewByTheNextCall() {
    try (VCenter vcenter = open(Duration.ofHours(1))) {
      assertThat(vcenter.byPath("DC0")).isPresent();
      long logIns = calls("Login");
      passes(IDLE.multipliedBy(3));
      assertThat(vcenter.byPath("DC0")).isPresent();
      assertThat(calls("Login")).isEqualTo(logIns + 1);
    }
  }

  /** Its question waits at the vCenter for much longer than an idle session lives. */
  @Test
  void changesAreToldAlthoughNobodyElseUsesTheSession() throws Exception {
    Set<Handle> told = ConcurrentHashMap.newKeySet();
    Handle machine = new Handle(own.lab().vc("uuid", "DC0_C0_RP0_VM0"));
    try (Connector connector = own.lab().open(Map.of(), "watching");
        AutoCloseable watch = connector.watch(told::add)) {
      Awaitility.await().until(() -> calls("WaitForUpdatesEx") > 0);
      passes(IDLE.multipliedBy(3));
      assertThat(told).isEmpty();
      own.lab().vc("power-off", machine.value());
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> told.contains(machine));
    }
  }
}
