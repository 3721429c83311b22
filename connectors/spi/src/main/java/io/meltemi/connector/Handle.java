package io.meltemi.connector;

/**
 * A provider's object, as the provider names it; opaque to everybody but its connector.
 *
 * @param value at most 512 characters
 */
public record Handle(String value) {
  public Handle {
    if (value.isEmpty() || value.length() > 512) {
      throw new IllegalArgumentException("a handle has 1 to 512 characters, has " + value.length());
    }
  }
}
