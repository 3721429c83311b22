package io.meltemi.connector.openstack;

/** How an account proves itself to Keystone. */
sealed interface Login {
  /** A user with a password, working in one project; names belong to domains. */
  record Password(String user, String userDomain, String password, Project project)
      implements Login {
    /** Without the password. */
    @Override
    public String toString() {
      return user + " in " + project;
    }
  }

  /** How a project is told from all others. */
  sealed interface Project {
    /** By its name within its domain. */
    record Named(String name, String domain) implements Project {
      @Override
      public String toString() {
        return name;
      }
    }

    /** By what Keystone calls it. */
    record Known(String id) implements Project {
      @Override
      public String toString() {
        return id;
      }
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
