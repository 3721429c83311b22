package io.meltemi.model.wire;

import io.meltemi.model.query.Selection;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Common;
import java.util.function.Predicate;

/**
 * What is taken from a body. What is neither taken nor refused is read-only, and silently passed
 * over (R59).
 *
 * @param takes attributes which count
 * @param refuses attributes which may not stand here
 * @param needs attributes which must stand here
 * @param erases null says something and is kept (R49)
 */
record Rule(
    Predicate<Attribute> takes,
    Predicate<Attribute> refuses,
    Predicate<Attribute> needs,
    boolean erases) {
  private static final Predicate<Attribute> NONE = attribute -> false;

  /** A new resource by value. */
  static final Rule CREATE =
      new Rule(Attribute::givenAtCreate, NONE, Attribute::consumerMandatory, false);

  /** A new resource of which parts follow from elsewhere. */
  static final Rule PART = new Rule(Attribute::givenAtCreate, NONE, NONE, false);

  /** What stands beside the reference to a template. */
  static final Rule OVERRIDE = new Rule(Attribute::givenAtCreate, NONE, NONE, true);

  /** Every field of a struct. */
  static final Rule FIELDS = new Rule(attribute -> true, NONE, Attribute::consumerMandatory, false);

  /** The envelope of a new resource that is made from a template. */
  static Rule envelope(String template) {
    Predicate<Attribute> own = attribute -> attribute.name().equals(template);
    Predicate<Attribute> common =
        attribute ->
            Common.ATTRIBUTES.stream().anyMatch(each -> each.name().equals(attribute.name()));
    Predicate<Attribute> extension =
        attribute -> attribute.extension().isPresent() && attribute.givenAtCreate();
    return new Rule(
        own.or(extension).or(common.and(Attribute::consumerWritable)),
        own.or(extension).or(common).negate(),
        own,
        false);
  }

  static Rule update(Selection only) {
    return new Rule(
        Attribute::consumerWritable,
        attribute -> attribute.consumerWritable() && !only.has(attribute.name()),
        attribute ->
            attribute.consumerMandatory()
                && attribute.consumerWritable()
                && only.has(attribute.name()),
        false);
  }
}
