package io.meltemi.connector.vsphere;

import io.meltemi.connector.vsphere.vim.Element;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** VLANs by their numbers, both ends included. */
record VlanRange(int first, int last) {
  private static final int LARGEST = 4094;
  private static final Pattern WORDS = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");

  /** Throws {@link IllegalArgumentException} for what is no range, as settings do. */
  static VlanRange parse(String words) {
    Matcher numbers = WORDS.matcher(words.strip());
    if (numbers.matches()) {
      int first = Integer.parseInt(numbers.group(1));
      int last = numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
      if (first >= 1 && first <= last && last <= LARGEST) {
        return new VlanRange(first, last);
      }
    }
    throw new IllegalArgumentException(
        "vlans must be from 1 to %d, for instance 2000-2099, was %s".formatted(LARGEST, words));
  }

  /**
   * What a port group carries: its VLAN, those that its trunk lets through, or a private one. One
   * that tags nothing carries 0.
   *
   * @param ports its {@code defaultPortConfig}
   */
  static List<VlanRange> carried(Element ports) {
    return ports
        .child("vlan")
        .map(vlan -> Stream.concat(vlan.all("vlanId"), vlan.all("pvlanId")))
        .orElse(Stream.empty())
        .map(VlanRange::of)
        .toList();
  }

  private static VlanRange of(Element vlan) {
    return vlan.child("start").isPresent()
        ? new VlanRange((int) vlan.need("start").number(), (int) vlan.need("end").number())
        : new VlanRange((int) vlan.number(), (int) vlan.number());
  }

  boolean holds(int vlan) {
    return first <= vlan && vlan <= last;
  }

  /** From the lowest on. */
  IntStream upwards() {
    return IntStream.rangeClosed(first, last);
  }

  /** From the highest on. */
  IntStream downwards() {
    return upwards().map(vlan -> first + last - vlan);
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
