package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Nearest;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Terms;
import io.meltemi.placement.Placement;
import io.meltemi.placement.Ranker;
import io.meltemi.placement.RuleSet;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the extension attribute {@code placement}: {@code policy}, {@code rules}, and {@code
 * terms}, whose values are words parted by blanks or commas. A word that nobody knows is refused
 * with the nearest known one, never passed over (row E5).
 */
final class TermsReader {
  /** Every term, and what its value means. */
  static final Map<String, String> TERMS =
      Map.of(
          "accounts", "provider accounts, by id or name",
          "countries", "countries, two letters each (ISO 3166-1)",
          "locations", "ids of locations",
          "priceCap", "most that an hour may cost, for instance 0.05",
          "currency", "currency of the cap, three letters (ISO 4217)",
          "volumeTypes", "types that a volume may be of, by name or id",
          "abilities", "abilities that the place must have, for instance PAUSE",
          "ports", "ports of the guest that its place shall make reachable",
          "maxAge", "greatest age of the facts about a place (ISO 8601), for instance PT10M");

  /** Without exponents: written out, 1E999999999 would fill memory. */
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,12})?");

  private static final int MOST_TOLD = 40;

  private static final Duration LONGEST_AGE = Duration.ofDays(366);
  private static final String AGES = "an age from PT0.001S to P366D, such as PT10M";

  private final Placement placement;
  private final Supplier<Instant> now;

  TermsReader(Placement placement, Supplier<Instant> now) {
    this.placement = placement;
    this.now = now;
  }

  /**
   * @param accounts ids of the accounts that the caller may name, by id and by name
   * @param field path of the attribute, for refusals
   */
  Terms read(JsonNode given, Map<String, String> accounts, String field) {
    if (!(given instanceof ObjectNode)) {
      return Terms.NONE;
    }
    Map<String, String> terms = terms(given.path("terms"), field + ".terms");
    Optional<String> cap = Optional.ofNullable(terms.get("priceCap"));
    Optional<String> currency = Optional.ofNullable(terms.get("currency")).map(each -> upper(each));
    currency
        .filter(each -> !each.matches("[A-Z]{3}"))
        .ifPresent(each -> bad(field + ".terms.currency", each, "three letters, such as EUR"));
    return new Terms(
        known(given.path("policy"), policies(), field + ".policy", "policy"),
        known(given.path("rules"), ruleSets(), field + ".rules", "rules"),
        words(terms, "accounts", word -> account(word, accounts, field)),
        words(terms, "countries", word -> country(word, field)),
        words(terms, "locations", word -> word),
        cap.map(each -> price(each, field)),
        currency,
        abilities(terms, field),
        freshness(terms, field + ".terms.maxAge"),
        words(terms, "volumeTypes", word -> word),
        words(terms, "ports", word -> word).stream()
            .map(word -> port(word, field + ".terms.ports"))
            .collect(Collectors.toSet()));
  }

  List<String> policies() {
    return placement.policies().stream().map(Ranker::name).toList();
  }

  List<String> ruleSets() {
    return placement.ruleSets().stream().map(RuleSet::name).toList();
  }

  private static Map<String, String> terms(JsonNode given, String field) {
    Map<String, String> terms = new TreeMap<>();
    for (var entry : given.properties()) {
      if (!TERMS.containsKey(entry.getKey())) {
        throw unknown("term", entry.getKey(), TERMS.keySet(), field + "." + entry.getKey());
      }
      terms.put(entry.getKey(), entry.getValue().asText().strip());
    }
    return terms;
  }

  private static Set<String> words(
      Map<String, String> terms, String term, UnaryOperator<String> reading) {
    Set<String> words = new TreeSet<>();
    Arrays.stream(terms.getOrDefault(term, "").split("[\\s,]+"))
        .filter(word -> !word.isEmpty())
        .map(reading)
        .forEach(words::add);
    return words;
  }

  private static Optional<String> known(
      JsonNode given, List<String> known, String field, String what) {
    Optional<String> name = Optional.ofNullable(given.textValue()).map(String::strip);
    name.filter(each -> !known.contains(each))
        .ifPresent(each -> {
          throw unknown(what, each, known, field);
        });
    return name;
  }

  private static String account(String word, Map<String, String> accounts, String field) {
    String id = accounts.get(word.substring(word.lastIndexOf('/') + 1));
    if (id == null) {
      throw unknown("account", word, accounts.keySet(), field + ".terms.accounts");
    }
    return id;
  }

  private static String country(String word, String field) {
    String code = upper(word);
    if (!Set.of(Locale.getISOCountries()).contains(code)) {
      throw Problem.of(
              400,
              "placement.unknown-country",
              "No country is called '" + Refusals.shown(word) + "'.",
              "Give the two letters of ISO 3166-1, such as FR for France.")
          .at(field + ".terms.countries")
          .asException();
    }
    return code;
  }

  private static BigDecimal price(String text, String field) {
    if (!AMOUNT.matcher(text).matches()) {
      throw bad(field + ".terms.priceCap", text, "an amount such as 0.05");
    }
    return new BigDecimal(text);
  }

  private Optional<Terms.Freshness> freshness(Map<String, String> terms, String field) {
    return Optional.ofNullable(terms.get("maxAge"))
        .map(text -> new Terms.Freshness(age(text, field), now.get()));
  }

  private static Duration age(String text, String field) {
    try {
      Duration age = Duration.parse(text);
      if (age.isPositive() && age.compareTo(LONGEST_AGE) <= 0) return age;
    } catch (DateTimeParseException e) {
      throw bad(field, text, AGES);
    }
    throw bad(field, text, AGES);
  }

  private static int port(String word, String field) {
    if (word.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(word);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    }
    throw bad(field, word, "ports from 1 to 65535");
  }

  private static Set<Capability> abilities(Map<String, String> terms, String field) {
    List<String> names = Arrays.stream(Capability.values()).map(Enum::name).toList();
    Set<Capability> abilities = new TreeSet<>();
    for (String word : words(terms, "abilities", TermsReader::upper)) {
      if (!names.contains(word)) {
        throw unknown("ability", word, names, field + ".terms.abilities");
      }
      abilities.add(Capability.valueOf(word));
    }
    return abilities;
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  private static ProblemException bad(String field, String value, String wanted) {
    return Problem.of(
            400,
            "placement.value",
            "'" + Refusals.shown(value) + "' is no value of '" + field + "'.",
            "Give " + wanted + ".")
        .at(field)
        .asException();
  }

  private static String known(Collection<String> words) {
    String some = String.join(", ", new TreeSet<>(words).stream().limit(MOST_TOLD).toList());
    return "Known are " + some + (words.size() > MOST_TOLD ? " and others." : ".");
  }

  private static ProblemException unknown(
      String what, String word, Collection<String> known, String field) {
    Optional<String> near = Nearest.to(word, known);
    return Problem.of(
            400,
            "placement.unknown-" + what,
            "No placement " + what + " is called '" + Refusals.shown(word) + "'.",
            near.map(each -> "Did you mean '" + each + "'? ").orElse("") + known(known))
        .at(field)
        .asException();
  }
}
