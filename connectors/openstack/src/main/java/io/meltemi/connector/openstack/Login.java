package io.meltemi.connector.openstack;

/** How an account proves itself to Keystone. */
sealed interface Login {
  /** A user with a password, working in one project; names belong to domains. */
  record Password(
      String user, String userDomain, String password, String project, String projectDomain)
      implements Login {
    /** Without the password. */
    @Override
    public String toString() {
      return user + " in " + project;
    }
  }

  /** A credential that a user made for one project; it works without the user's password. */
  record ApplicationCredential(String id, String secret) implements Login {
    /** Without the secret. */
    @Override
    public String toString() {
      return "application credential " + id;
    }
  }
}
