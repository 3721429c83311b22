package io.meltemi.broker.job;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All steps by the name under which tasks remember them. */
final class Steps {
  private Steps() {}

  static Map<String, Step> all() {
    return List.<Step>of(
            new CreateAsk(),
            new CreateLook(),
            new CreateBuild(),
            new CreateSettle(),
            new CreateAddress(),
            new CreateAttach(),
            new CreateLeave(),
            new CreateUndo(),
            new ActAsk(),
            new ActWait(),
            new ActSettle(),
            new CaptureAsk(),
            new CaptureLook(),
            new CaptureWait(),
            new CaptureUndo(),
            new RestoreAsk(),
            new RestoreLook(),
            new RestoreWait(),
            new AttachAsk(),
            new AttachWait(),
            new AttachSettle(),
            new DeleteMachine(),
            new DeleteVolume(),
            new DeleteNetwork(),
            new DeleteImage(),
            new Rediscover(),
            new Sweep())
        .stream()
        .collect(Collectors.toUnmodifiableMap(Step::name, Function.identity()));
  }
}
