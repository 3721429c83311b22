package io.meltemi.bench;

import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Mishap;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider that is asked over HTTP, through what lets every call of it go wrong while it is sick.
 * Every other time whoever asks is logged out as well, and it is the new log-in that goes wrong.
 */
final class SickHttp implements SickProvider {
  private final Provider well;
  private final Behind behind;
  private final FaultProxy proxy;
  private final Mishap how;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger logIns = new AtomicInteger();
  private int times;

  /** What ends with it. */
  private interface Behind {
    void end();
  }

  private SickHttp(Provider well, Behind behind, Mishap how) {
    this.well = well;
    this.behind = behind;
    this.how = how;
    this.proxy = well.proxy();
  }

  /** The one that the program plays. */
  static SickHttp openstack(Mishap how) throws IOException {
    PlayedOpenStack cloud = new PlayedOpenStack();
    return new SickHttp(cloud.provider(), cloud::close, how);
  }

  /** The vCenter of dev/vsphere, which must be up. */
  static SickHttp vcenter(Mishap how) throws IOException {
    return new SickHttp(Provider.vcenter(), () -> {}, how);
  }

  @Override
  public Provider provider() {
    return well.through(proxy);
  }

  @Override
  public void fallSick() {
    boolean loggedOut = times++ % 2 == 1;
    proxy.weather(call -> {
      boolean logsIn = well.logsIn(call);
      if (loggedOut && !logsIn) return well.loggedOut();
      calls.incrementAndGet();
      if (logsIn) logIns.incrementAndGet();
      return how;
    });
  }

  @Override
  public void recover() {
    proxy.weather(call -> new Mishap.None());
    proxy.hangUp();
  }

  @Override
  public String met() {
    return calls + ", of them log-ins: " + logIns;
  }

  @Override
  public void close() {
    proxy.close();
    behind.end();
  }
}
