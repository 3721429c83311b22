package io.meltemi.model.wire;

/** The two forms of a body (R2). */
public enum Format {
  JSON("application/json"),
  XML("application/xml");

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }
}
