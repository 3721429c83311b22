package io.meltemi.api.handler;

import io.meltemi.model.Resource;
import io.meltemi.model.wire.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Entity tags: the generation of a resource, a letter for the form it is shown in, and a sum over
 * what is shown, for some of it is derived and changes by itself. If-Match looks at the generation
 * only: that is what a change is made on.
 */
final class Tags {
  private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");
  private static final Pattern GENERATION = Pattern.compile("(\\d{1,18})[jx](-[0-9a-f]{1,8})?");

  private Tags() {}

  static String of(Resource resource, Format format, byte[] shown) {
    String letter = format == Format.JSON ? "j-" : "x-";
    return "\"" + resource.generation() + letter + sum(shown) + "\"";
  }

  /** The tag of something that has no generation. */
  static String of(byte[] shown) {
    return "\"" + sum(shown) + "-" + shown.length + "\"";
  }

  private static String sum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return Long.toHexString(sum.getValue());
  }

  /** True when If-None-Match names the tag, so that nothing new is to be sent. */
  static boolean known(List<String> ifNoneMatch, String tag) {
    if (ifNoneMatch.isEmpty()) return false;
    if (ifNoneMatch.contains("*")) return true;
    Matcher tags = TAG.matcher(String.join(",", ifNoneMatch));
    while (tags.find()) {
      if (tag.equals("\"" + tags.group(2) + "\"")) return true;
    }
    return false;
  }

  /**
   * The generation that If-Match wants; empty when it is absent or {@code *}. Of several tags the
   * newest counts: an older one cannot be the resource's any more.
   */
  static OptionalLong wanted(List<String> ifMatch) {
    if (ifMatch.isEmpty() || ifMatch.contains("*")) return OptionalLong.empty();
    List<Long> generations = new ArrayList<>();
    Matcher tags = TAG.matcher(String.join(",", ifMatch));
    while (tags.find()) {
      Matcher generation = GENERATION.matcher(tags.group(2));
      if (tags.group(1) == null && generation.matches()) {
        generations.add(Long.parseLong(generation.group(1)));
      }
    }
    return OptionalLong.of(generations.stream().max(Long::compare).orElseThrow(Refuse::stale));
  }
}
