package io.meltemi.bench;

import io.meltemi.connector.kit.Mishap;
import java.io.IOException;
import java.time.Duration;

/** What may be wrong with a provider: a scripted cloud, where none is named. */
enum Sickness {
  /** No answer for {@link #HANG}, then the connection ends. */
  HANGS,
  /** An answer that does not end. */
  FLOODS,
  /** An answer byte by byte. */
  DRIPS,
  /** Each call is answered {@link #HANG} later. */
  OPENSTACK_HANGS,
  OPENSTACK_FLOODS,
  OPENSTACK_DRIPS,
  /** Lists that always name a further part. */
  OPENSTACK_PAGES,
  /** As for OpenStack. */
  VCENTER_HANGS,
  VCENTER_FLOODS,
  VCENTER_DRIPS;

  static final Duration HANG = Duration.ofSeconds(30);

  /** Between two bytes. */
  static final Duration DROP = Duration.ofMillis(100);

  /** One that is well and may fall sick so. */
  SickProvider provider() throws IOException {
    return switch (this) {
      case HANGS -> SickCloud.behind(SickLine.State.HANGS);
      case FLOODS -> SickCloud.behind(SickLine.State.FLOODS);
      case DRIPS -> SickCloud.behind(SickLine.State.DRIPS);
      case OPENSTACK_HANGS -> SickHttp.openstack(new Mishap.Late(HANG));
      case OPENSTACK_FLOODS -> SickHttp.openstack(new Mishap.Endless());
      case OPENSTACK_DRIPS -> SickHttp.openstack(new Mishap.Dripping(DROP));
      case OPENSTACK_PAGES -> new PlayedOpenStack();
      case VCENTER_HANGS -> SickHttp.vcenter(new Mishap.Late(HANG));
      case VCENTER_FLOODS -> SickHttp.vcenter(new Mishap.Endless());
      case VCENTER_DRIPS -> SickHttp.vcenter(new Mishap.Dripping(DROP));
    };
  }
}
