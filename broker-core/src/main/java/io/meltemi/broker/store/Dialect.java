package io.meltemi.broker.store;

/** Where the two databases differ. */
enum Dialect {
  /** One writing connection: the order of commits is known, nobody holds a lock against us. */
  H2("varchar", "", "current_timestamp", "", ""),

  POSTGRESQL(
      "json",
      "collate \"C\"",
      "clock_timestamp()",
      " on conflict do nothing",
      " for update skip locked");

  /** Type of columns that hold documents. */
  final String json;

  /** How identifiers are ordered, where binary order is not the default. */
  final String binary;

  /** The database's time. */
  final String now;

  /** End of an insert that may find its key taken; H2 fails that one statement instead. */
  final String ifAbsent;

  /** End of a select that passes by what others are about to take. */
  final String skipLocked;

  Dialect(String json, String binary, String now, String ifAbsent, String skipLocked) {
    this.json = json;
    this.binary = binary;
    this.now = now;
    this.ifAbsent = ifAbsent;
    this.skipLocked = skipLocked;
  }

  /** The database's time, later by a number of microseconds that is a parameter. */
  String later() {
    return switch (this) {
      case H2 -> "dateadd(microsecond, ?, " + now + ")";
      case POSTGRESQL -> "(" + now + " + ?::bigint * interval '1 microsecond')";
    };
  }

  /** Folder of the migrations that only this database needs. */
  String folder() {
    return switch (this) {
      case H2 -> "db/migration/h2";
      case POSTGRESQL -> "db/migration/postgresql";
    };
  }
}
