package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.vim.Element;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What we write into {@code extraConfig} of our objects.
 *
 * @param diskKilobytes sum of the disks that the order had added to the template's
 */
record Mark(Token token, long diskKilobytes) {
  private static final String TOKEN = "meltemi.token";
  private static final String ACCOUNT = "meltemi.account";
  private static final String DISKS = "meltemi.disks";

  /** Settings for a new object: these and others; an empty value takes an inherited one away. */
  List<Element> extraConfig(Identity identity, Map<String, String> others) {
    Stream<Element> ours =
        Stream.of(
            option(TOKEN, token.value()),
            option(ACCOUNT, identity.account()),
            option(DISKS, Long.toString(diskKilobytes)));
    Stream<Element> theirs =
        others.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> option(entry.getKey(), entry.getValue()));
    return Stream.concat(ours, theirs).toList();
  }

  private static Element option(String key, String value) {
    return Element.of(
        "extraConfig", Element.of("key", key), Element.of("value", value).as("xsd:string"));
  }

  /**
   * The mark on an object, if this account's broker made exactly this object of that kind. A copy
   * that others made of it bears the same words but another UUID.
   */
  static Optional<Mark> read(
      List<Element> extraConfig, Identity identity, Identity.Kind kind, Handle handle) {
    return read(options(extraConfig), identity, kind, handle);
  }

  /** True when a broker made exactly this object, be it ours or another. */
  static boolean anybodys(List<Element> extraConfig, Identity.Kind kind, Handle handle) {
    Map<String, String> options = options(extraConfig);
    return Optional.ofNullable(options.get(ACCOUNT))
        .flatMap(account -> read(options, new Identity(account), kind, handle))
        .isPresent();
  }

  /** The settings by their keys. */
  static Map<String, String> options(List<Element> extraConfig) {
    return extraConfig.stream()
        .collect(
            Collectors.toMap(
                option -> option.text("key"),
                option -> option.text("value"),
                (first, last) -> last));
  }

  private static Optional<Mark> read(
      Map<String, String> options, Identity identity, Identity.Kind kind, Handle handle) {
    return Optional.ofNullable(options.get(TOKEN))
        .filter(value -> identity.account().equals(options.get(ACCOUNT)))
        .filter(value -> value.matches("[A-Za-z0-9-]{1,64}"))
        .map(Token::new)
        .filter(token -> identity.handle(kind, token).equals(handle))
        .map(token -> new Mark(token, kilobytes(options.getOrDefault(DISKS, "0"))));
  }

  private static long kilobytes(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
