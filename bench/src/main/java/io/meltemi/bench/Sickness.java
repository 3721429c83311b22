package io.meltemi.bench;

import java.io.IOException;

/** What may be wrong with a provider. */
enum Sickness {
  /** No answer for 30 s, then the connection ends. */
  HANGS,
  /** An answer that does not end. */
  FLOODS,
  /** An answer byte by byte. */
  DRIPS,
  /** Lists that always name a further part. */
  PAGES,
  /** Each call of a vCenter takes 30 s. */
  VCENTER;

  /** One that is well and may fall sick so. */
  SickProvider provider() throws IOException {
    return switch (this) {
      case HANGS -> SickCloud.behind(SickLine.State.HANGS);
      case FLOODS -> SickCloud.behind(SickLine.State.FLOODS);
      case DRIPS -> SickCloud.behind(SickLine.State.DRIPS);
      case PAGES -> new EndlessCloud();
      case VCENTER -> new SlowVCenter();
    };
  }
}
