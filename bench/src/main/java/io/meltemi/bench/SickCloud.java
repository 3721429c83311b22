package io.meltemi.bench;

import java.io.IOException;
import java.time.Duration;

/** A scripted cloud whose line falls sick. */
record SickCloud(CloudProcess cloud, SickLine line, SickLine.State how) implements SickProvider {
  static SickCloud behind(SickLine.State how) throws IOException {
    CloudProcess cloud = CloudProcess.start("village", Duration.ZERO);
    return new SickCloud(cloud, new SickLine(cloud.address()), how);
  }

  @Override
  public Provider provider() {
    return CloudProcess.at(line.address());
  }

  @Override
  public void fallSick() throws IOException {
    line.becomes(how);
  }

  @Override
  public void recover() throws IOException {
    line.becomes(SickLine.State.WELL);
  }

  @Override
  public String met() {
    return String.valueOf(line.met());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    line.close();
    cloud.close();
  }
}
